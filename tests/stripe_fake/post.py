"""How events travel: each is signed, and sent until it is taken with a 2xx; on the way it may be lost for a
while, doubled, or come in another order, as the dice of a seed would have it."""

import json
import random
import time
from dataclasses import dataclass

import httpx
import stripe

from tests.stripe_fake.store import Store, Thing


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


async def deliver(store: Store, endpoint: Endpoint, client: httpx.AsyncClient, way: Way = STRAIGHT) -> list[int]:
    """What waits, on `way`; the statuses that it was answered."""
    dice, answers = random.Random(f"{way.seed}"), []
    for event in _sent(store, dice, way):
        body = json.dumps(event)
        signed = stripe.WebhookSignature.generate_signature_header(body, endpoint.secret, timestamp=int(time.time()))
        answer = await client.post(
            endpoint.url, content=body, headers={"stripe-signature": signed, "content-type": "application/json"}
        )
        answers.append(answer.status_code)
        done = answer.is_success
        store.db.execute("UPDATE delivery SET tries = tries + 1, done = done OR ? WHERE event = ?", (done, event["id"]))
    return answers


def _sent(store: Store, dice: random.Random, way: Way) -> list[Thing]:
    waiting = store.db.execute(
        "SELECT event FROM delivery JOIN thing ON thing.id = event WHERE NOT done ORDER BY n"
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
