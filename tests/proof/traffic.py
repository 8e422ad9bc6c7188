"""Random mixed traffic over real HTTP, and a ledger of what was acknowledged.

Each customer does one thing after another to bookings of their own, at whichever server they like;
the desk approves, declines and blocks. What is answered with 2xx goes into the ledger; where no
answer came, the ledger says that nobody can know.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from incubator.kernel.period import WARSAW, local_moment
from tests.auditing import Receipt
from tests.cast import Person
from tests.proof.house import House, Server

BUSY = ("held", "awaiting_approval", "confirmed")


@dataclass(slots=True)
class Ledger:
    """What the service promised, and what it was asked and never answered."""

    receipts: dict[UUID, Receipt] = field(default_factory=dict)
    answers: Counter[tuple[str, int | str]] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    unanswered: list["Unanswered"] = field(default_factory=list)

    def keep(self, told: dict[str, Any]) -> Receipt:
        receipt = Receipt(
            booking_id=UUID(told["id"]),
            state=told["state"],
            start=datetime.fromisoformat(told["start"]),
            end=datetime.fromisoformat(told["end"]),
            sequence=told["sequence"],
        )
        known = self.receipts.get(receipt.booking_id)
        # Two answers about one booking may overtake each other on their way here.
        if known is None or receipt.sequence >= known.sequence:
            self.receipts[receipt.booking_id] = receipt
        return receipt

    def doubt(self, booking_id: UUID) -> None:
        if booking_id in self.receipts:
            self.receipts[booking_id] = replace(self.receipts[booking_id], in_doubt=True)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A booking that was asked for with an Idempotency-Key and got no answer: it can be asked again."""

    who: Person
    key: str
    wish: dict[str, Any]


@dataclass(slots=True)
class Somebody:
    """A person with a client, who remembers their own live bookings."""

    house: House
    who: Person
    servers: Sequence[Server]
    client: httpx.AsyncClient
    ledger: Ledger
    dice: random.Random
    days: Sequence[date]
    mine: dict[UUID, Receipt] = field(default_factory=dict)

    async def send(self, verb: str, path: str, body: object = None, **headers: str) -> httpx.Response | None:
        """The answer; None where none came. A fault of the server's is kept as a problem."""
        address = self.dice.choice(self.servers).address
        try:
            answer = await self.client.post(
                f"{address}/api{path}",
                json=body if body is not None else None,
                headers={"authorization": f"Bearer {self.who.token}", **headers},
            )
        except httpx.TransportError as error:
            self.ledger.answers[verb, type(error).__name__] += 1
            await asyncio.sleep(0.1)
            return None
        self.ledger.answers[verb, answer.status_code] += 1
        if answer.status_code >= 500:
            self.ledger.problems.append(f"{verb} {path}: {answer.status_code} {answer.text[:300]}")
            return None
        return answer

    async def act(self, verb: str, booking_id: UUID, body: object = None) -> None:
        """A verb on a booking of one's own."""
        answer = await self.send(verb, f"/bookings/{booking_id}/{verb}", body)
        if answer is None:
            self.ledger.doubt(booking_id)
        elif answer.is_success:
            self.remember(answer.json())

    def remember(self, told: dict[str, Any]) -> None:
        receipt = self.ledger.keep(told)
        if receipt.state in BUSY:
            self.mine[receipt.booking_id] = receipt
        else:
            self.mine.pop(receipt.booking_id, None)

    def some_time(self, *, longest: int = 6) -> dict[str, str]:
        """A start and an end on the half-hour grid of one of the days."""
        start = local_moment(self.dice.choice(self.days), 8 * 60 + 30 * self.dice.randrange(22))
        end = start + timedelta(minutes=30 * self.dice.randint(1, longest))
        return {"start": start.isoformat(), "end": end.isoformat()}


@dataclass(slots=True)
class Customer(Somebody):
    """Books, confirms, moves, stretches and cancels."""

    async def do_something(self) -> None:
        if not self.mine or self.dice.random() < 0.5:
            await self.book()
            return
        booking = self.dice.choice(list(self.mine.values()))
        match self.dice.randrange(5):
            case 0 if booking.state == "held":
                await self.act("confirm", booking.booking_id, {"title": "Spotkanie"})
            case 0 | 1:
                await self.act("cancel", booking.booking_id, {})
            case 2:
                end = booking.end + timedelta(minutes=30 * self.dice.choice((-1, 1, 2)))
                await self.act("extend", booking.booking_id, {"end": end.isoformat()})
            case _:
                other = {"space_id": str(self.dice.choice(self.house.spaces))} if self.dice.random() < 0.4 else {}
                await self.act("reschedule", booking.booking_id, {**self.some_time(), **other})

    async def book(self) -> None:
        own = self.house.organisations.get(self.who.id)
        wish: dict[str, Any] = {
            "space_id": str(self.dice.choice(self.house.spaces)),
            **self.some_time(),
            "title": "Próba",
            "outright": self.dice.random() < 0.6,
            "organisation_id": str(own) if own and self.dice.random() < 0.7 else None,
        }
        keyed = {"idempotency-key": str(uuid4())} if self.dice.random() < 0.5 else {}
        answer = await self.send("book", "/bookings", wish, **keyed)
        if answer is None and keyed:
            self.ledger.unanswered.append(Unanswered(self.who, keyed["idempotency-key"], wish))
        elif answer is not None and answer.is_success:
            self.remember(answer.json())


@dataclass(slots=True)
class Desk(Somebody):
    """Decides on what waits."""

    async def do_something(self) -> None:
        address = self.dice.choice(self.servers).address
        try:
            answer = await self.client.get(
                f"{address}/api/requests", headers={"authorization": f"Bearer {self.who.token}"}
            )
        except httpx.TransportError:
            await asyncio.sleep(0.1)
            return
        waiting = answer.json() if answer.is_success else []
        if not waiting:
            await asyncio.sleep(0.05)
            return
        booking_id = UUID(self.dice.choice(waiting)["booking"]["id"])
        if self.dice.random() < 0.6:
            await self.act("approve", booking_id)
        else:
            await self.act("decline", booking_id, {"reason": "Sala jest potrzebna gminie."})


def the_people(
    house: House, servers: Sequence[Server], client: httpx.AsyncClient, ledger: Ledger, *, days: Sequence[date]
) -> list[Somebody]:
    """The crowd, each with dice of their own, and the coordinator."""

    def of(kind: type[Somebody], turn: int, who: Person) -> Somebody:
        return kind(house, who, servers, client, ledger, random.Random(turn), days)

    crowd = [of(Customer, turn, who) for turn, who in enumerate(house.crowd)]
    return [*crowd, of(Desk, len(crowd), house.cast.coordinator)]


async def live(people: Sequence[Somebody], until: asyncio.Event) -> None:
    """Everybody at once, one thing after another, until told to stop. What is under way is finished."""

    async def one(somebody: Somebody) -> None:
        while not until.is_set():
            await somebody.do_something()

    await asyncio.gather(*(one(somebody) for somebody in people))


async def ask_again(servers: Sequence[Server], client: httpx.AsyncClient, ledger: Ledger) -> None:
    """Send what got no answer again with the same key: done once, whether it was done before or not."""
    for lost in ledger.unanswered:
        for _turn in range(2):
            answer = await client.post(
                f"{servers[0].address}/api/bookings",
                json=lost.wish,
                headers={"authorization": f"Bearer {lost.who.token}", "idempotency-key": lost.key},
            )
            ledger.answers["book again", answer.status_code] += 1
            if answer.is_success:
                ledger.keep(answer.json())


def workdays(count: int, *, in_days: int, now: datetime) -> list[date]:
    """The first `count` Mondays to Fridays at least so many days from `now`."""
    day, found = now.astimezone(WARSAW).date() + timedelta(days=in_days), []
    while len(found) < count:
        if day.isoweekday() <= 5:
            found.append(day)
        day += timedelta(days=1)
    return found
