"""Who takes part in the traffic: customers, people who plan series or meet mentors, and those at the desk."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx

from incubator.kernel.period import local_moment
from tests.cast import Person
from tests.mentoring.cast import MentorAtHand
from tests.proof.house import House, Server
from tests.proof.ledger import Ledger, Series, Taken, Told
from tests.proof.traffic import Somebody

BUSY = ("held", "awaiting_approval", "confirmed")


@dataclass(slots=True)
class Customer(Somebody):
    """Books, confirms, moves, stretches and cancels. Remembers their own live bookings."""

    mine: dict[UUID, Told] = field(default_factory=dict)

    async def do_something(self) -> None:
        if not self.mine or self.dice.random() < 0.5:
            await self.book()
            return
        booking = self.dice.choice(list(self.mine.values()))
        match self.dice.randrange(5):
            case 0 if booking.state == "held":
                await self.act("confirm", booking, {"title": "Spotkanie"})
            case 0 | 1:
                await self.act("cancel", booking, {})
            case 2:
                end = booking.end + timedelta(minutes=30 * self.dice.choice((-1, 1, 2)))
                await self.act("extend", booking, {"end": end.isoformat()})
            case _:
                other = {"space_id": self.some_space()} if self.dice.random() < 0.4 else {}
                await self.act("reschedule", booking, {**self.some_time(), **other})

    async def book(self) -> None:
        wish = {
            "space_id": self.some_space(),
            **self.some_time(),
            "title": "Próba",
            "outright": self.dice.random() < 0.6,
            "organisation_id": self.some_organisation(),
        }
        booked = await self.make("book", "/bookings", wish, self.ledger.keep_booking)
        if booked is not None:
            self.mine[booked.booking_id] = booked

    async def act(self, verb: str, booking: Told, body: object) -> None:
        """A verb on a booking of one's own; one that has gone meanwhile is forgotten."""
        answer = await self.send(verb, f"/bookings/{booking.booking_id}/{verb}", body)
        if answer is None:
            return
        if answer.is_success:
            booking = self.ledger.keep_booking(answer.json())
            self.mine[booking.booking_id] = booking
        if booking.state not in BUSY or (answer.is_error and answer.json()["code"] == "wrong_state"):
            self.mine.pop(booking.booking_id, None)

    def some_organisation(self) -> str | None:
        return str(self.house.organisations[self.who.id]) if self.dice.random() < 0.7 else None


@dataclass(slots=True)
class Planner(Customer):
    """A customer who makes series, too, and changes and cancels them: one date, it and the following,
    or all."""

    planned: dict[UUID, Series] = field(default_factory=dict)

    async def do_something(self) -> None:
        firm = [one for one in self.mine.values() if one.state != "held"]
        match self.dice.randrange(8):
            case 0 | 1:
                await self.repeat()
            case 2 if firm:
                await self.repeat_booking(self.dice.choice(firm))
            case 3 | 4 | 5 if self.planned:
                series = self.dice.choice(list(self.planned.values()))
                await self.change(series) if self.dice.random() < 0.6 else await self.cancel(series)
            case _:
                await Customer.do_something(self)

    async def repeat(self) -> None:
        wish = {
            "space_id": self.some_space(),
            "first_day": self.dice.choice(self.days).isoformat(),
            "weekdays": self.dice.sample(range(1, 6), self.dice.randint(1, 5)),
            "start": self.some_clock(),
            "length_minutes": 30 * self.dice.randint(1, 4),
            "count": self.dice.randint(2, 6),
            "title": "Spotkania",
            "organisation_id": self.some_organisation(),
        }
        await self.plan("series", "/series", wish)

    async def repeat_booking(self, booking: Told) -> None:
        """Whatever comes of it, it is no booking by itself any more: its dates are those of the series."""
        del self.mine[booking.booking_id]
        await self.plan("repeat", f"/bookings/{booking.booking_id}/repeat", {"count": self.dice.randint(2, 4)})

    async def plan(self, verb: str, path: str, wish: dict[str, Any]) -> None:
        made = await self.make(verb, path, wish, self.ledger.keep_series)
        if made is not None:
            self.planned[made.id] = made

    async def change(self, series: Series) -> None:
        change = self.dice.choice(
            (
                {"start": self.some_clock()},
                {"length_minutes": 60},
                {"title": "Inaczej"},
                {"space_id": self.some_space()},
            )
        )
        await self.act_on_series("change", series, change)

    async def cancel(self, series: Series) -> None:
        await self.act_on_series("cancel", series, {})

    async def act_on_series(self, verb: str, series: Series, body: dict[str, str | int]) -> None:
        which = self.dice.choice(("this", "following", "following", "all"))
        occurrence = self.dice.randint(1, len(series.dates))
        answer = await self.send(
            f"{verb} {which}",
            f"/series/{series.id}/{verb}",
            {"which": which, "occurrence": None if which == "all" else occurrence, **body},
            about=series.id,
        )
        all_gone = answer is not None and answer.status_code == 404 and which == "all"
        if answer is None or all_gone:
            del self.planned[series.id]
        elif answer.is_success:
            after = self.ledger.keep_series(answer.json()["series"])
            if after.id != series.id:
                before = series.before(occurrence)
                self.ledger.series[series.id] = self.planned[series.id] = before
            self.planned[after.id] = after

    def some_clock(self) -> str:
        return f"{self.dice.randint(8, 18):02}:{self.dice.choice((0, 30)):02}"


@dataclass(slots=True)
class Founder(Customer):
    """A customer who meets mentors, too: with a room of their choice, with any, or without one; moves and cancels."""

    meets: dict[UUID, Told] = field(default_factory=dict)

    async def do_something(self) -> None:
        match self.dice.randrange(6):
            case 0:
                await Customer.do_something(self)
            case 1 if self.meets:
                await self.act_on_meeting("cancel", self.dice.choice(list(self.meets.values())), {})
            case 2 | 3 if self.meets:
                await self.act_on_meeting("move", self.dice.choice(list(self.meets.values())), self.some_hour())
            case _:
                await self.meet()

    async def meet(self) -> None:
        cast = self.house.cast
        room: dict[str, object] = self.dice.choice(
            ({}, {"any_room": True}, {"space_id": str(self.dice.choice((cast.room_l, cast.room_a, cast.room_s)))})
        )
        wish = {
            "mentor_id": str(self.dice.choice(self.house.mentors).id),
            **self.some_hour(),
            "mode": "in_person",
            "incubator_id": str(cast.las),
            "topic": "prawo",
            "organisation_id": self.some_organisation(),
            **room,
        }
        made = await self.make("meet", "/meetings", wish, self.ledger.keep_meeting)
        if made is not None:
            self.meets[made.booking_id] = made

    async def act_on_meeting(self, verb: str, meeting: Told, body: object) -> None:
        answer = await self.send(f"{verb} meeting", f"/meetings/{meeting.booking_id}/{verb}", body)
        if answer is None:
            return
        if answer.is_success:
            meeting = self.ledger.keep_meeting(answer.json())
            self.meets[meeting.booking_id] = meeting
        if meeting.state != "booked" or (answer.is_error and answer.json()["code"] == "wrong_meeting_state"):
            self.meets.pop(meeting.booking_id, None)

    def some_hour(self) -> dict[str, str]:
        """Of the mentors' days."""
        start = local_moment(self.dice.choice(self.days), 9 * 60 + 30 * self.dice.randrange(15))
        return {"start": start.isoformat(), "end": (start + timedelta(hours=1)).isoformat()}


@dataclass(slots=True)
class Approver(Somebody):
    """Decides on what waits."""

    async def do_something(self) -> None:
        answer = await self.send("requests", "/requests", method="GET")
        waiting = answer.json() if answer is not None and answer.is_success else []
        if not waiting:
            await asyncio.sleep(0.05)
            return
        booking_id = UUID(self.dice.choice(waiting)["booking"]["id"])
        approves = self.dice.random() < 0.6
        verb, body = ("approve", None) if approves else ("decline", {"reason": "Sala jest potrzebna gminie."})
        decided = await self.send(verb, f"/bookings/{booking_id}/{verb}", body)
        if decided is not None and decided.is_success:
            self.ledger.keep_booking(decided.json())


@dataclass(slots=True)
class Blocker(Somebody):
    """Takes spaces out of use and gives them back: blocks, or closures for which the house stops."""

    kind: str = "block"
    pause: float = 0.1
    standing: list[Taken] = field(default_factory=list)

    async def do_something(self) -> None:
        await asyncio.sleep(self.pause)
        if self.standing and self.dice.random() < 0.5:
            await self.take_back(self.standing.pop(self.dice.randrange(len(self.standing))))
            return
        why = {"block": "reason", "closure": "reason_pl"}[self.kind]
        bookings = "cancel" if self.dice.random() < 0.7 else "ask"
        wish = {"space_id": self.some_space(), **self.some_time(longest=4), why: "Remont", "bookings": bookings}
        keep = {"block": self.ledger.keep_block, "closure": self.ledger.keep_closure}[self.kind]
        made = await self.make(self.kind, f"/{self.kind}s", wish, keep)
        if made is not None:
            self.standing.append(made)

    async def take_back(self, taken: Taken) -> None:
        answer = await self.send(f"un{self.kind}", f"/{self.kind}s/{taken.id}", method="DELETE", about=taken.id)
        if answer is not None:
            assert answer.status_code == 204, answer.text
            self.ledger.taken[taken.id] = taken.withdrawn


@dataclass(slots=True)
class Mentor(Somebody):
    """Goes away for some hours, hands over to a colleague what can be handed over, and comes back."""

    mentor: MentorAtHand
    standing: list[Taken] = field(default_factory=list)

    async def do_something(self) -> None:
        await asyncio.sleep(0.4)
        if self.standing and self.dice.random() < 0.6:
            await self.come_back(self.standing.pop(self.dice.randrange(len(self.standing))))
            return
        (colleague,) = (one for one in self.house.mentors if one.id != self.mentor.id)
        wish = {
            **self.some_time(),
            "stand_in_id": str(colleague.id) if self.dice.random() < 0.8 else None,
            "meetings": "settle" if self.dice.random() < 0.8 else "ask",
        }
        slug = self.mentor.person.email.partition("@")[0]
        answer = await self.send("be away", f"/mentors/{slug}/absences", wish)
        if answer is not None and answer.is_success:
            self.standing.append(self.ledger.keep_absence(self.mentor.id, answer.json()))

    async def come_back(self, absence: Taken) -> None:
        answer = await self.send("come back", f"/mentor-absences/{absence.id}", method="DELETE", about=absence.id)
        if answer is not None:
            assert answer.status_code == 204, answer.text
            self.ledger.taken[absence.id] = absence.withdrawn


def the_people(
    house: House, servers: Sequence[Server], client: httpx.AsyncClient, ledger: Ledger, *, days: Sequence[date]
) -> list[Somebody]:
    """The crowd, each with dice of their own, every fourth a planner and every fourth a founder; the coordinator, who
    does three things at once; and the mentors, who come and go."""

    def given(turn: int, who: Person) -> tuple[Any, ...]:
        return house, who, servers, client, ledger, random.Random(turn), days

    kinds = (Planner, Founder, Customer, Customer)
    # Planners and founders are of Acme and of Rival alike.
    crowd = [kinds[(turn + turn // 4) % 4](*given(turn, who)) for turn, who in enumerate(house.crowd)]
    desk = house.cast.coordinator
    return [
        *crowd,
        Approver(*given(100, desk)),
        Blocker(*given(101, desk)),
        Blocker(*given(102, desk), kind="closure", pause=0.5),
        *(Mentor(*given(200 + turn, one.person), mentor=one) for turn, one in enumerate(house.mentors)),
    ]
