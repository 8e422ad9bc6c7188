"""A session is moved, made larger or smaller, called off; its room goes with it and nobody loses a seat."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from incubator.bookings.cancel import cancel
from incubator.bookings.forget_person import forget_person
from incubator.bookings.hold import hold
from incubator.bookings.place import SlotTaken
from incubator.bookings.rules import TooManyPeople
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.db.history import history_of
from incubator.exchanges.announce import SessionOver
from incubator.exchanges.call_off import call_off
from incubator.exchanges.decide_minimum import decide_minimum
from incubator.exchanges.describe_session import describe_session
from incubator.exchanges.details import SessionDetails, When, Where
from incubator.exchanges.lose_room import lose_rooms
from incubator.exchanges.move_session import move_session
from incubator.exchanges.queries import session_by_id
from incubator.exchanges.rules import MinimumUndecided
from incubator.exchanges.saving import SessionCalledOff
from incubator.exchanges.seats import take_seats
from incubator.exchanges.set_capacity import FewerThanTaken, set_capacity
from incubator.exchanges.views import SessionView
from incubator.kernel.period import Period
from incubator.people.guards import NotYours
from tests.cast import Cast, acting
from tests.conftest import NOW
from tests.exchanges.cast import STARTS, a_session, scalar
from tests.exchanges.test_announce import announced, published
from tests.races import outcomes

HOUR = timedelta(hours=1)
ENDS = STARTS + 2 * HOUR
TAKEN = "SELECT count(*) FROM occupancy WHERE subject_id IN (SELECT id FROM booking)"


async def moved(
    db: Database, cast: Cast, session: UUID, where: Where, by: timedelta = HOUR, **more: Any
) -> SessionView:
    actor, when = await acting(db, cast.coordinator), When(start=STARTS + by, end=ENDS + by)
    said: dict[str, Any] = {"session_id": session, "when": when, "where": where, "now": NOW, **more}
    return await attempt(db, lambda tx: move_session(tx, actor=actor, **said))


async def off(db: Database, cast: Cast, session: UUID, **more: Any) -> SessionView:
    actor = await acting(db, cast.coordinator)
    said: dict[str, Any] = {"session_id": session, "reason": "Choroba", "now": NOW, **more}
    return await attempt(db, lambda tx: call_off(tx, actor=actor, **said))


async def resized(db: Database, cast: Cast, session: UUID, capacity: int | None) -> SessionView:
    actor = await acting(db, cast.coordinator)
    return await attempt(db, lambda tx: set_capacity(tx, actor=actor, session_id=session, capacity=capacity, now=NOW))


async def one(db: Database, session: UUID) -> SessionView:
    async with statement(db) as tx:
        return await session_by_id(tx, session_id=session)


async def test_the_room_goes_where_the_session_goes(db: Database, cast: Cast) -> None:
    in_l, in_a = (Where(mode="room", space_id=room) for room in (cast.room_l, cast.room_a))
    made = await announced(db, cast.coordinator, cast.niepolomice, where=in_l)
    later = await moved(db, cast, made.id, in_l)
    assert (later.start, later.sequence, later.space_id) == (STARTS + HOUR, 1, cast.room_l)
    there = await moved(db, cast, made.id, in_a)
    assert (there.space_id, there.booking_id) == (cast.room_a, made.booking_id)
    away = await moved(db, cast, made.id, Where(mode="online", online_url="https://example.com"))
    assert (away.space_id, away.room_lost, await scalar(db, TAKEN)) == (None, False, 0)
    back = await moved(db, cast, made.id, in_a)
    assert (back.space_id, back.sequence) == (cast.room_a, 4)
    same = await moved(db, cast, made.id, in_a)
    assert same.sequence == 4


async def test_what_is_told_relative_to_the_start_moves_along(db: Database, cast: Cast) -> None:
    decide = STARTS - 24 * HOUR
    made = await announced(db, cast.coordinator, cast.niepolomice, closes_at=STARTS - HOUR, minimum=3, decide_at=decide)
    later = await moved(db, cast, made.id, Where(mode="elsewhere", place="Rynek 1"), by=timedelta(days=7))
    assert (later.closes_at, later.decide_at) == (STARTS + 7 * 24 * HOUR - HOUR, decide + 7 * 24 * HOUR)


async def test_where_the_room_is_taken_nothing_is_moved(db: Database, cast: Cast) -> None:
    in_l = Where(mode="room", space_id=cast.room_l)
    made = await announced(db, cast.coordinator, cast.niepolomice, where=in_l)
    member = await acting(db, cast.member)
    async with transaction(db) as tx:
        period = Period(ENDS, ENDS + HOUR)
        await hold(tx, actor=member, space_id=cast.room_l, period=period, outright=True, now=NOW)
    with pytest.raises(SlotTaken):
        await moved(db, cast, made.id, in_l)
    kept = await one(db, made.id)
    assert (kept.start, kept.version) == (STARTS, 1)


async def test_what_is_over_or_anothers_is_not_moved(db: Database, cast: Cast) -> None:
    over = await a_session(db, cast.niepolomice, start=NOW - 3 * HOUR)
    elsewhere = Where(mode="elsewhere", place="Rynek 1")
    with pytest.raises(SessionOver):
        await moved(db, cast, over, elsewhere)
    others = await a_session(db, cast.skawina)
    with pytest.raises(NotYours):
        await moved(db, cast, others, elsewhere)
    with pytest.raises(NotYours):
        await off(db, cast, others)
    with pytest.raises(NotYours):
        await resized(db, cast, others, 3)


async def test_there_are_never_fewer_seats_than_are_taken(db: Database, cast: Cast) -> None:
    key = await a_session(db, cast.niepolomice, capacity=10, taken=7)
    with pytest.raises(FewerThanTaken) as refused:
        await resized(db, cast, key, 6)
    assert refused.value.taken == 7
    assert (await resized(db, cast, key, 7)).free == 0
    assert (await resized(db, cast, key, None)).free is None
    in_s = await announced(db, cast.coordinator, cast.niepolomice, where=Where(mode="room", space_id=cast.room_s))
    with pytest.raises(TooManyPeople):
        await resized(db, cast, in_s.id, 13)


async def test_seats_are_not_taken_while_they_are_taken_away(db: Database, cast: Cast) -> None:
    key = await a_session(db, cast.niepolomice, capacity=4, taken=2)

    async def take() -> None:
        async with transaction(db) as tx:
            await take_seats(tx, session_id=key, seats=1)

    await outcomes(resized(db, cast, key, 2), *(take() for _ in range(6)))
    capacity, taken = await scalar(db, "SELECT (capacity, taken) FROM session_seats")  # type: ignore[misc]
    assert taken <= capacity and (capacity, taken) in {(2, 2), (4, 3), (4, 4)}


async def test_what_is_called_off_frees_its_room_and_takes_nobody_more(db: Database, cast: Cast) -> None:
    made = await announced(db, cast.coordinator, cast.niepolomice, where=Where(mode="room", space_id=cast.room_l))
    await published(db, cast.coordinator, made.id)
    gone = await off(db, cast, made.id)
    assert (gone.state, gone.reason, gone.sequence, await scalar(db, TAKEN)) == ("cancelled", "Choroba", 1, 0)
    async with transaction(db) as tx:
        assert not await take_seats(tx, session_id=made.id, seats=1)
        assert [deed["verb"] for deed in await history_of(tx, subject_id=made.id)][-1] == "call_off"
    with pytest.raises(SessionCalledOff):
        await off(db, cast, made.id)
    with pytest.raises(SessionCalledOff):
        await moved(db, cast, made.id, Where(mode="elsewhere", place="Rynek 1"))


async def test_too_few_call_a_session_off_by_themselves(db: Database, cast: Cast) -> None:
    due = {"minimum": 5, "decide_at": NOW}
    few, enough = [await a_session(db, cast.niepolomice, taken=taken, **due) for taken in (4, 5)]
    later = await a_session(db, cast.niepolomice, minimum=5, decide_at=NOW + HOUR)
    async with transaction(db) as tx:
        await decide_minimum(tx, now=NOW)
        await decide_minimum(tx, now=NOW)
    states = [(await one(db, key)).state for key in (few, enough, later)]
    assert states == ["cancelled", "published", "published"]
    assert await scalar(db, "SELECT count(*) FROM mail WHERE recipient = $1", cast.coordinator.email) == 1


async def test_who_registers_while_it_is_decided_counts_or_is_turned_away(db: Database, cast: Cast) -> None:
    for _ in range(8):
        key = await a_session(db, cast.niepolomice, taken=4, minimum=5, decide_at=NOW)
        got: list[bool] = []

        async def take(key: UUID = key, got: list[bool] = got) -> None:
            async with transaction(db) as tx:
                got.append(await take_seats(tx, session_id=key, seats=1))

        async def decide() -> None:
            async with transaction(db) as tx:
                await decide_minimum(tx, now=NOW)

        await outcomes(take(), decide())
        await outcomes(decide())  # whom the first left alone, as somebody had it locked
        found = await one(db, key)
        assert (found.state, found.taken) == (("published", 5) if got == [True] else ("cancelled", 4))


async def test_a_minimum_is_not_judged_before_it_is_told(db: Database, cast: Cast) -> None:
    key = await a_session(db, cast.niepolomice, state="draft", minimum=5, decide_at=NOW)
    with pytest.raises(MinimumUndecided):
        await published(db, cast.coordinator, key)


async def test_a_room_that_is_called_off_leaves_the_session_without_one(db: Database, cast: Cast) -> None:
    made = await announced(db, cast.coordinator, cast.niepolomice, where=Where(mode="room", space_id=cast.room_l))
    actor = await acting(db, cast.coordinator)
    assert made.booking_id is not None
    await published(db, cast.coordinator, made.id)
    async with transaction(db) as tx:
        await cancel(tx, actor=actor, booking_id=made.booking_id, reason="Awaria", now=NOW)
    for _ in range(2):
        async with transaction(db) as tx:
            await lose_rooms(tx, now=NOW)
    lost = await one(db, made.id)
    assert (lost.room_lost, lost.space_id, lost.sequence) == (True, None, 1)
    assert await scalar(db, "SELECT count(*) FROM mail WHERE recipient = $1", cast.coordinator.email) == 1
    found = await moved(db, cast, made.id, Where(mode="room", space_id=cast.room_a))
    assert (found.room_lost, found.space_id) == (False, cast.room_a)


async def test_what_a_session_is_can_be_said_anew(db: Database, cast: Cast) -> None:
    room = Where(mode="room", space_id=cast.room_l)
    made = await announced(db, cast.coordinator, cast.niepolomice, where=room, official_name="Anna")
    actor = await acting(db, cast.coordinator)
    details = SessionDetails(kind="lecture", title_pl="Inny", official_name="Jan")
    async with transaction(db) as tx:
        told = await describe_session(tx, actor=actor, session_id=made.id, details=details, seen=1, now=NOW)
        deeds = await history_of(tx, subject_id=made.id)
    assert (told.kind, told.title_pl, told.sequence, told.version) == ("lecture", "Inny", 0, 2)
    assert await scalar(db, "SELECT title FROM booking") == "Inny"
    assert "Jan" not in str(deeds) and "Anna" not in str(deeds)


async def test_a_coordinator_who_leaves_takes_no_room_along(db: Database, cast: Cast) -> None:
    made = await announced(db, cast.coordinator, cast.niepolomice, where=Where(mode="room", space_id=cast.room_l))
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        await forget_person(tx, actor=actor, now=NOW)
    kept = await one(db, made.id)
    assert (kept.space_id, kept.room_lost) == (cast.room_l, False)
    assert await scalar(db, "SELECT title FROM booking") == "Faktura bez stresu"
