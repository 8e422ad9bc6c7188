"""Random mixed traffic over real HTTP: who comes, and how they ask.

Everybody does one thing after another, at whichever server they like. What is answered with 2xx goes
into the ledger; where no answer came, the ledger says that nobody can know.
"""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

import httpx

from incubator.kernel.period import WARSAW, local_moment
from tests.cast import Person
from tests.proof.house import House, Server
from tests.proof.ledger import Ledger, Unanswered

T = TypeVar("T")


@dataclass(slots=True)
class Somebody:
    """A person with a client."""

    house: House
    who: Person
    servers: Sequence[Server]
    client: httpx.AsyncClient
    ledger: Ledger
    dice: random.Random
    days: Sequence[date]

    async def do_something(self) -> None:
        raise NotImplementedError

    async def send(
        self,
        verb: str,
        path: str,
        body: object = None,
        *,
        method: str = "POST",
        about: UUID | None = None,
        **headers: str,
    ) -> httpx.Response | None:
        """The answer; None where none came, and then `about` is in doubt. A fault of the server's is
        kept as a problem."""
        ledger, begun = self.ledger, time.perf_counter()
        try:
            answer = await self.client.request(
                method,
                f"{self.dice.choice(self.servers).address}/api{path}",
                json=body,
                headers={"authorization": f"Bearer {self.who.token}", **headers},
            )
        except httpx.TransportError as error:
            ledger.answers[verb, type(error).__name__] += 1
            self._doubt(about)
            await asyncio.sleep(0.1)
            return None
        ledger.answers[verb, answer.status_code] += 1
        ledger.seconds[verb].append(time.perf_counter() - begun)
        if answer.status_code >= 500:
            ledger.problems.append(f"{verb} {path}: {answer.status_code} {answer.text[:300]}")
            self._doubt(about)
            return None
        return answer

    def _doubt(self, about: UUID | None) -> None:
        self.ledger.unanswered_of[self.who.id] += 1
        if about is not None:
            self.ledger.in_doubt.add(about)

    async def make(self, verb: str, path: str, wish: dict[str, Any], keep: Callable[[dict[str, Any]], T]) -> T | None:
        """What was made, in the ledger; None when it was refused or got no answer."""
        keyed = {"idempotency-key": str(uuid4())} if self.dice.random() < 0.5 else {}
        answer = await self.send(verb, path, wish, **keyed)
        if answer is None and keyed:
            self.ledger.unanswered.append(Unanswered(self.who, keyed["idempotency-key"], path, wish, keep))
        return keep(answer.json()) if answer is not None and answer.is_success else None

    def some_space(self) -> str:
        return str(self.dice.choice(self.house.spaces))

    def some_time(self, *, longest: int = 6) -> dict[str, str]:
        """A start and an end on the half-hour grid of one of the days."""
        start = local_moment(self.dice.choice(self.days), 8 * 60 + 30 * self.dice.randrange(22))
        end = start + timedelta(minutes=30 * self.dice.randint(1, longest))
        return {"start": start.isoformat(), "end": end.isoformat()}


async def live(people: Sequence[Somebody], until: asyncio.Event) -> None:
    """Everybody at once, one thing after another, until told to stop. What is under way is finished."""

    async def one(somebody: Somebody) -> None:
        while not until.is_set():
            await somebody.do_something()

    await asyncio.gather(*(one(somebody) for somebody in people))


async def ask_again(servers: Sequence[Server], client: httpx.AsyncClient, ledger: Ledger) -> None:
    """Send what got no answer again with the same key, twice: it is done once, whether it was done
    before or not, so both answers are one."""
    for lost in ledger.unanswered:
        answers = [
            await client.post(
                f"{servers[turn].address}/api{lost.path}",
                json=lost.wish,
                headers={"authorization": f"Bearer {lost.who.token}", "idempotency-key": lost.key},
            )
            for turn in (0, 1)
        ]
        for answer in answers:
            ledger.answers["again", answer.status_code] += 1
        if answers[0].is_success:
            assert answers[0].content == answers[1].content, f"{lost.path} was done twice"
            lost.keep(answers[0].json())


def workdays(count: int, *, in_days: int, now: datetime) -> list[date]:
    """The first `count` Mondays to Fridays at least so many days from `now`."""
    day, found = now.astimezone(WARSAW).date() + timedelta(days=in_days), []
    while len(found) < count:
        if day.isoweekday() <= 5:
            found.append(day)
        day += timedelta(days=1)
    return found
