"""The door: what tablets hand in, and what is corrected afterwards."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from incubator.db.engine import Database, attempt, statement
from incubator.exchanges.queries import NoSuchSession
from incubator.kernel.ids import uuid7
from incubator.people.guards import NotYours
from incubator.registrations.cancel import cancel
from incubator.registrations.correct_attendance import Evidence, MinutesTooMany, correct_attendance
from incubator.registrations.door import DoorEvent, DoorNotOpen, Result, hand_in
from incubator.registrations.door_rules import Kind
from incubator.registrations.listing import everybody_at
from incubator.registrations.queries import NoSuchTicket
from incubator.registrations.states import State
from incubator.registrations.views import TicketView
from tests.cast import Cast, Person, acting
from tests.exchanges.cast import STARTS, a_session
from tests.registrations.cast import crowd, go, holds_true

OPEN, END = STARTS + timedelta(minutes=5), STARTS + timedelta(hours=2)


def seen(kind: Kind = Kind.IN, *, at: datetime = OPEN, **given: object) -> DoorEvent:
    return DoorEvent(id=uuid7(), kind=kind, at=at, **given)  # type: ignore[arg-type]


async def tell(
    db: Database, who: Person, session: UUID, events: Sequence[DoorEvent], *, now: datetime = END
) -> list[Result]:
    actor = await acting(db, who)
    got = await attempt(db, lambda tx: hand_in(tx, actor=actor, session_id=session, events=events, now=now))
    return [got[event.id].result for event in events]


async def tickets(db: Database, session: UUID) -> list[TicketView]:
    async with statement(db) as tx:
        return [ticket for one in await everybody_at(tx, session_id=session) for ticket in one.tickets]


async def test_a_code_and_a_name_from_the_list_check_in(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    one, two = [(await go(db, who, session)).tickets[0] for who in (cast.member, cast.resident)]
    got = await tell(db, cast.coordinator, session, [seen(code=one.code), seen(ticket_id=two.id)])
    assert got == [Result.NOTED, Result.NOTED]
    assert {(each.evidence, each.minutes, each.checked_in_at) for each in await tickets(db, session)} == {
        ("scan", 120, OPEN),
        ("name", 120, OPEN),
    }


async def test_what_is_handed_in_again_counts_once(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, checks_out=True)
    ticket = (await go(db, cast.member, session)).tickets[0]
    batch = [
        seen(code=ticket.code),
        seen(Kind.OUT, code=ticket.code, at=OPEN + timedelta(minutes=50)),
        seen(Kind.WALK_IN, name="Ewa Nowak"),
    ]
    got = await asyncio.gather(*(tell(db, cast.coordinator, session, batch) for _ in range(6)))
    assert sum(results.count(Result.NOTED) for results in got) == 3
    found = sorted(await tickets(db, session), key=lambda each: each.name)
    assert [(each.name, each.minutes) for each in found] == [("Ewa Nowak", None), ("Member", 50)]
    assert await holds_true(db, session)


async def test_a_walk_in_is_beside_the_count_and_can_be_taken_back(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=1)
    await go(db, cast.member, session)
    came = seen(Kind.WALK_IN, name="  Ewa   Nowak ")
    await tell(db, cast.coordinator, session, [came])
    walk_in = next(each for each in await tickets(db, session) if each.id == came.id)
    assert (walk_in.name, walk_in.evidence, walk_in.minutes) == ("Ewa Nowak", "walk_in", 120)
    await tell(db, cast.coordinator, session, [seen(Kind.UNDO, ticket_id=came.id, at=OPEN + timedelta(minutes=1))])
    walk_in = next(each for each in await tickets(db, session) if each.id == came.id)
    assert not walk_in.live and await holds_true(db, session)


async def test_an_unknown_or_cancelled_ticket_is_said_to_be_one(db: Database, cast: Cast) -> None:
    session, other = await a_session(db, cast.niepolomice), await a_session(db, cast.niepolomice)
    left, elsewhere = await go(db, cast.member, session), await go(db, cast.member, other)
    await attempt(db, lambda tx: cancel(tx, registration_id=left.id, now=OPEN - timedelta(days=9)))
    batch = [seen(code=left.tickets[0].code), seen(code=elsewhere.tickets[0].code), seen(code="nothing"), seen()]
    assert await tell(db, cast.coordinator, session, batch) == [Result.NOT_LIVE, *[Result.UNKNOWN_TICKET] * 3]


async def test_many_tablets_at_once_lose_nothing(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=40)
    codes = [(await go(db, who, session)).tickets[0].code for who in await crowd(db, 24)]
    batches = [[seen(code=code) for code in (codes if turn % 2 else codes[::-1])] for turn in range(6)]
    await asyncio.gather(*(tell(db, cast.coordinator, session, batch) for batch in batches))
    assert all(each.checked_in_at for each in await tickets(db, session))


async def test_the_door_is_for_who_runs_the_session(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    for who in (cast.other_coordinator, cast.member, cast.office):
        with pytest.raises(NotYours):
            await tell(db, who, session, [seen(Kind.WALK_IN, name="X")])
    draft = await a_session(db, cast.niepolomice, state="draft")
    with pytest.raises(NoSuchSession):
        await tell(db, cast.other_coordinator, draft, [])
    with pytest.raises(DoorNotOpen):
        await tell(db, cast.coordinator, session, [], now=STARTS - timedelta(days=2))


async def test_a_corrected_time_stays_whatever_the_door_tells_later(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, checks_out=True)
    ticket = (await go(db, cast.member, session)).tickets[0]
    actor = await acting(db, cast.coordinator)

    async def correct(minutes: int, who=actor, key=ticket.id) -> None:  # type: ignore[no-untyped-def]
        await attempt(
            db,
            lambda tx: correct_attendance(
                tx,
                actor=who,
                session_id=session,
                ticket_id=key,
                minutes=minutes,
                evidence=Evidence.LIST,
                now=END,
            ),
        )

    await correct(100)
    await tell(db, cast.coordinator, session, [seen(code=ticket.code)])
    (kept,) = await tickets(db, session)
    assert (kept.minutes, kept.evidence, kept.checked_in_at) == (100, "list", OPEN)
    with pytest.raises(MinutesTooMany):
        await correct(121)
    with pytest.raises(NoSuchTicket):
        await correct(1, key=uuid7())
    with pytest.raises(NotYours):
        await correct(1, who=await acting(db, cast.other_coordinator))


async def test_who_came_without_registering_is_registered(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    await tell(db, cast.coordinator, session, [seen(Kind.WALK_IN, name="Ewa")])
    async with statement(db) as tx:
        (one,) = await everybody_at(tx, session_id=session)
    assert (one.state, one.walk_in, one.email) == (State.REGISTERED, True, "")


async def test_one_odd_entry_is_refused_and_keeps_no_other_back(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    ticket = (await go(db, cast.member, session)).tickets[0]
    blank, long = seen(Kind.WALK_IN, name=" \n "), seen(Kind.WALK_IN, name="x" * 201)
    later = seen(Kind.OUT, ticket_id=blank.id)
    batch = [blank, seen(code="a\0b"), seen(code=ticket.code), long, seen(Kind.WALK_IN, name="Ewa\tNowak"), later]
    noted = [Result.REFUSED, Result.UNKNOWN_TICKET, Result.NOTED, Result.REFUSED, Result.NOTED, Result.UNKNOWN_TICKET]
    got = await asyncio.gather(*(tell(db, cast.coordinator, session, batch) for _ in range(4)))
    assert noted in got and sum(results.count(Result.NOTED) for results in got) == 2
    assert sorted(each.name for each in await tickets(db, session)) == ["Ewa Nowak", "Member"]
    mended = replace(blank, name="Jan Nowak")  # under the same identifier: nothing was entered under it
    assert await tell(db, cast.coordinator, session, [mended, later]) == [Result.NOTED, Result.NOTED]
