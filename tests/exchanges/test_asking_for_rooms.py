"""A session of the metropolis asks a gmina for a room: it waits at that gmina's desk, and is told of once it is given."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import httpx
import pytest

from incubator.bookings.approve import approve
from incubator.bookings.decline import decline
from incubator.bookings.requests import awaiting
from incubator.bookings.room_of import NoRoomOfGmina
from incubator.bookings.rules import TooManyPeople
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.exchanges.call_off import call_off
from incubator.exchanges.details import When, Where
from incubator.exchanges.lose_room import lose_rooms
from incubator.exchanges.move_session import move_session
from incubator.exchanges.queries import session_to_show
from incubator.exchanges.set_capacity import set_capacity
from incubator.exchanges.settle_rooms import RoomAsked, room_asked, settle_rooms
from incubator.exchanges.views import SessionView
from incubator.people.guards import NotYours
from tests.cast import Cast, Person, acting
from tests.conftest import NOW
from tests.credits.cast import put_credit, used
from tests.exchanges.cast import STARTS, scalar
from tests.exchanges.test_announce import ENDS, announced, published
from tests.exchanges.test_changing import HOUR, one
from tests.races import outcomes

LIVE = "SELECT count(*) FROM booking WHERE part_of = $1 AND state IN ('awaiting_approval', 'confirmed')"


async def asked(db: Database, cast: Cast, who: Person | None = None) -> SessionView:
    room = Where(mode="room", space_id=cast.room_l)
    return await announced(db, who or cast.office, None, where=room)


async def requested(db: Database, who: Person) -> list[UUID]:
    actor = await acting(db, who)
    async with statement(db) as tx:
        return [one.booking.id for one in await awaiting(tx, actor=actor)]


async def approved(db: Database, who: Person, booking: UUID) -> None:
    actor = await acting(db, who)
    await attempt(db, lambda tx: approve(tx, actor=actor, booking_id=booking, now=NOW))


async def moved(db: Database, cast: Cast, session: UUID, where: Where, who: Person | None = None) -> SessionView:
    actor, when = await acting(db, who or cast.office), When(start=STARTS + HOUR, end=ENDS + HOUR)
    said: dict[str, Any] = {"session_id": session, "when": when, "where": where, "now": NOW}
    return await attempt(db, lambda tx: move_session(tx, actor=actor, **said))


async def come_round(db: Database) -> None:
    for _ in range(2):
        async with transaction(db) as tx:
            await settle_rooms(tx, now=NOW)
            await lose_rooms(tx, now=NOW)


async def told(db: Database, session: UUID) -> RoomAsked | None:
    async with statement(db) as tx:
        return await room_asked(tx, session_id=session)


async def test_a_room_of_a_gmina_is_asked_for_and_shown_once_it_is_given(db: Database, cast: Cast) -> None:
    made = await asked(db, cast)
    assert (made.space_id, made.asked_space_id, made.room_lost) == (None, cast.room_l, False)
    assert await requested(db, cast.other_coordinator) == []
    [booking] = await requested(db, cast.coordinator)
    with pytest.raises(NotYours):
        await approved(db, cast.office, booking)
    await published(db, cast.office, made.id)
    await come_round(db)
    assert (await one(db, made.id)).sequence == 0
    async with statement(db) as tx:
        assert (await session_to_show(tx, reader=None, session_id=made.id)).asked_space_id is None
    await approved(db, cast.coordinator, booking)
    await come_round(db)
    given = await one(db, made.id)
    assert (given.space_id, given.asked_space_id, given.sequence) == (cast.room_l, None, 1)
    assert given.incubator_name == "LAS Open Space" and await told(db, made.id) is None
    assert await scalar(db, "SELECT count(*) FROM mail WHERE recipient = $1", cast.office.email) == 1


async def test_who_is_told_no_reads_why_and_may_ask_for_another_room(db: Database, cast: Cast) -> None:
    made = await asked(db, cast)
    await published(db, cast.office, made.id)
    [booking] = await requested(db, cast.coordinator)
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        await decline(tx, actor=actor, booking_id=booking, reason="Remont", now=NOW)
    await come_round(db)
    found, asking = await one(db, made.id), await told(db, made.id)
    assert (found.room_lost, found.asked_space_id, found.sequence) == (False, None, 0)
    assert asking is not None and (asking.state, asking.reason) == ("declined", "Remont")
    about = "SELECT count(*) FROM mail WHERE recipient = $1 AND text LIKE '%/desk/exchange/%'"
    assert await scalar(db, about, cast.office.email) == 1
    again = await moved(db, cast, made.id, Where(mode="room", space_id=cast.room_a))
    assert again.asked_space_id == cast.room_a and len(await requested(db, cast.coordinator)) == 1


async def test_who_runs_the_house_takes_its_room_outright(db: Database, cast: Cast) -> None:
    made = await asked(db, cast, cast.administrator)
    assert (made.space_id, made.asked_space_id) == (cast.room_l, None)
    there = await moved(db, cast, made.id, Where(mode="room", space_id=cast.room_l), cast.administrator)
    assert (there.space_id, there.booking_id, there.start) == (cast.room_l, made.booking_id, STARTS + HOUR)


async def test_a_room_that_was_given_is_asked_for_anew_at_another_time(db: Database, cast: Cast) -> None:
    made = await asked(db, cast)
    [booking] = await requested(db, cast.coordinator)
    await approved(db, cast.coordinator, booking)
    await come_round(db)
    there = await moved(db, cast, made.id, Where(mode="room", space_id=cast.room_l))
    [anew] = await requested(db, cast.coordinator)
    assert there.asked_space_id == cast.room_l and anew != booking
    assert await scalar(db, LIVE, made.id) == 1
    await moved(db, cast, made.id, Where(mode="room", space_id=cast.room_l))
    assert await requested(db, cast.coordinator) == [anew]


async def test_a_request_goes_with_its_session(db: Database, cast: Cast) -> None:
    made, office = await asked(db, cast), await acting(db, cast.office)
    with pytest.raises(TooManyPeople):
        await attempt(db, lambda tx: set_capacity(tx, actor=office, session_id=made.id, capacity=900, now=NOW))
    await attempt(db, lambda tx: call_off(tx, actor=office, session_id=made.id, reason="Choroba", now=NOW))
    assert await requested(db, cast.coordinator) == [] and await scalar(db, LIVE, made.id) == 0
    await come_round(db)
    assert await told(db, made.id) is None


async def test_a_gminas_own_session_asks_nobody_else(db: Database, cast: Cast) -> None:
    with pytest.raises(NoRoomOfGmina):
        await announced(db, cast.coordinator, cast.niepolomice, where=Where(mode="room", space_id=cast.other_room))
    with pytest.raises(NoRoomOfGmina):
        await announced(db, cast.office, None, where=Where(mode="room", space_id=cast.office_space))


async def test_an_answer_and_a_move_at_one_moment_leave_one_booking(db: Database, cast: Cast) -> None:
    for _turn in range(4):
        made = await asked(db, cast)
        [booking] = await requested(db, cast.coordinator)
        elsewhere = Where(mode="room", space_id=cast.room_l)
        await outcomes(approved(db, cast.coordinator, booking), moved(db, cast, made.id, elsewhere))
        assert await scalar(db, LIVE, made.id) == 1
        kept = "SELECT booking.state FROM session JOIN booking ON booking.id = booking_id WHERE session.id = $1"
        assert await scalar(db, kept, made.id) == "awaiting_approval"
        office = await acting(db, cast.office)
        async with transaction(db) as tx:
            await call_off(tx, actor=office, session_id=made.id, reason="x", now=NOW)


async def test_the_desk_of_the_session_says_how_the_request_stands(
    db: Database, cast: Cast, visit: Callable[..., httpx.AsyncClient]
) -> None:
    made = await asked(db, cast)
    page = (await visit(cast.office).get(f"/desk/exchange/{made.id}", params={"lang": "en"})).text
    assert "Asked for: L, LAS Open Space. Niepołomice has not answered yet" in page
    assert f'<option value="{cast.room_l}" selected>' in page
    assert "LAS Open Space" not in (await visit(cast.office).get(f"/exchange/{made.id}")).text
    new = (await visit(cast.office).get("/desk/exchange/new")).text
    assert '<optgroup label="Skawina">' in new and '<optgroup label="Niepołomice">' in new
    own = (await visit(cast.coordinator).get("/desk/exchange/new")).text
    assert '<optgroup label="Niepołomice">' in own and '<optgroup label="Skawina">' not in own


async def test_the_request_says_what_it_is_for_and_leads_who_asked_to_the_session(
    db: Database, cast: Cast, visit: Callable[..., httpx.AsyncClient]
) -> None:
    made = await asked(db, cast)
    [booking] = await requested(db, cast.coordinator)
    desk = (await visit(cast.coordinator).get("/desk/requests", params={"lang": "en"})).text
    assert "for a session of the metropolis" in desk and "private person" not in desk
    link = f'href="/desk/exchange/{made.id}"'
    assert link in (await visit(cast.office).get(f"/bookings/{booking}")).text
    assert link not in (await visit(cast.coordinator).get(f"/bookings/{booking}")).text


async def test_a_room_of_a_session_is_drawn_from_nobodys_own_credit(db: Database, cast: Cast) -> None:
    credit = await put_credit(db, person=cast.office.id, granted=6_000)
    await asked(db, cast)
    assert await used(db, credit) == 0
    assert await scalar(db, "SELECT count(*) FROM booking WHERE credit_id IS NOT NULL") == 0
