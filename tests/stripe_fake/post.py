"""How events travel: each is signed, and sent until it is taken with a 2xx; on the way it may be lost for a
while, doubled, or come in another order, as the dice of a seed would have it."""

import asyncio
import json
import random
import time
from dataclasses import dataclass

import httpx
import stripe

from tests.stripe_fake.store import Store, Thing

# Where the other side dies while the line is made, uvloop has no socket for httpx to ask about.
BROKEN = (httpx.TransportError, AttributeError)


@dataclass(frozen=True, slots=True)
class Way:
    """Shares between 0 and 1. What is `lost` is never sent: Stripe gives up in the end. What is `late` waits for
    the next delivery."""

    seed: int = 0
    lost: float = 0
    doubled: float = 0
    late: float = 0
    shuffled: bool = False


STRAIGHT = Way()


@dataclass(frozen=True, slots=True)
class Endpoint:
    url: str
    secret: str


async def deliver(
    store: Store, endpoint: Endpoint, client: httpx.AsyncClient, way: Way = STRAIGHT, *, at_once: int = 1
) -> list[int]:
    """What waits, on `way`; the statuses that it was answered, 0 where nobody was there. `at_once` so many."""
    events = _sent(store, random.Random(f"{way.seed}"), way)
    answers: list[int] = []
    for first in range(0, len(events), at_once):
        some = events[first : first + at_once]
        answers += await asyncio.gather(*(_send(store, endpoint, client, event) for event in some))
    return answers


async def _send(store: Store, endpoint: Endpoint, client: httpx.AsyncClient, event: Thing) -> int:
    body = json.dumps(event)
    signed = stripe.WebhookSignature.generate_signature_header(body, endpoint.secret, timestamp=int(time.time()))
    headers = {"stripe-signature": signed, "content-type": "application/json"}
    try:
        answer = await client.post(endpoint.url, content=body, headers=headers)
        status, done = answer.status_code, answer.is_success
    except BROKEN:
        status, done = 0, False
    store.db.execute("UPDATE delivery SET tries = tries + 1, done = done OR ? WHERE event = ?", (done, event["id"]))
    return status


def _sent(store: Store, dice: random.Random, way: Way) -> list[Thing]:
    waiting = store.db.execute(
        "SELECT event FROM delivery JOIN thing ON thing.id = event WHERE done = 0 ORDER BY n"
    ).fetchall()
    found: list[str] = []
    for (key,) in waiting:
        if dice.random() < way.lost:
            store.db.execute("UPDATE delivery SET done = 2 WHERE event = ?", (key,))
        elif dice.random() >= way.late:
            found += [key] * (2 if dice.random() < way.doubled else 1)
    if way.shuffled:
        dice.shuffle(found)
    return [json.loads(store.db.execute("SELECT body FROM thing WHERE id = ?", (key,)).fetchone()[0]) for key in found]
