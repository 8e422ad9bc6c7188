"""Whose a booking is: the organisation's stays the organisation's, and each gmina decides on its own."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from incubator.bookings.hold import hold
from incubator.bookings.reschedule import extend, reschedule
from incubator.bookings.rules import InThePast, TooSoon
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.calendars.make_feed import make_feed
from incubator.db.engine import Database, attempt, transaction
from incubator.kernel.errors import Forbidden
from incubator.people.remove_member import remove_member
from tests.browsing import post_form
from tests.cast import Cast, Person, acting, change
from tests.moments import NOW, TUESDAY, tuesday

Visit = Callable[..., httpx.AsyncClient]


async def book(db: Database, who: Person, space: UUID, **said: object) -> BookingView:
    actor = await acting(db, who)
    given = {"period": tuesday("10:00", "11:00"), "outright": True, "now": NOW, **said}
    return await attempt(db, lambda tx: hold(tx, actor=actor, space_id=space, **given))  # type: ignore[arg-type]


async def leave_acme(db: Database, cast: Cast) -> None:
    owner = await acting(db, cast.owner)
    await attempt(
        db,
        lambda tx: remove_member(tx, actor=owner, organisation_id=cast.acme, account_id=cast.member.id, now=NOW),
    )


async def test_who_has_left_no_longer_sees_or_moves_what_they_booked_for_the_organisation(
    visit: Visit, cast: Cast, db: Database
) -> None:
    its = await book(db, cast.member, cast.room_s, organisation_id=cast.acme, title="Board")
    held = await book(db, cast.member, cast.room_a, organisation_id=cast.acme, outright=False)
    actor = await acting(db, cast.member)
    feed = await attempt(db, lambda tx: make_feed(tx, actor=actor, name="Phone", now=NOW))
    feed_path = f"/calendars/personal/{feed.secret}.ics"
    assert "Board" in (await visit().get(feed_path)).text
    me = visit(cast.member)
    assert len((await me.get("/api/bookings")).json()["items"]) == 2

    await leave_acme(db, cast)

    assert (await me.get("/api/bookings")).json()["items"] == []
    assert "Board" not in (await visit().get(feed_path)).text
    later = tuesday("14:00", "15:00")
    body = {"start": later.start.isoformat(), "end": later.end.isoformat()}
    for path, sent in (
        (f"{its.id}/cancel", {}),
        (f"{its.id}/reschedule", body),
        (f"{its.id}/extend", {"end": later.end.isoformat()}),
        (f"{held.id}/confirm", {}),
    ):
        assert (await me.post(f"/api/bookings/{path}", json=sent)).status_code == 404, path
    assert (await me.get(f"/bookings/{its.id}")).status_code == 404
    assert (await visit(cast.colleague).post(f"/api/bookings/{held.id}/confirm", json={})).status_code == 200
    assert (await visit(cast.owner).post(f"/api/bookings/{its.id}/cancel", json={})).status_code == 200


async def test_who_has_left_can_still_be_erased(visit: Visit, cast: Cast, db: Database) -> None:
    await book(db, cast.member, cast.room_a, organisation_id=cast.acme, outright=False)
    await leave_acme(db, cast)
    answer = await post_form(visit(cast.member), "/me/erase", {"confirmation": cast.member.email})
    assert answer.status_code == 303, answer.text


async def test_a_coordinator_who_moves_their_own_booking_to_another_gmina_asks_there(db: Database, cast: Cast) -> None:
    """They decide for Niepołomice; Skawina decides for Skawina."""
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        for room in (cast.room_s, cast.room_a, cast.other_room):
            await change(tx, room, needs_approval=True)
    made = await book(db, cast.coordinator, cast.room_s)
    async with transaction(db) as tx:
        await tx.execute("UPDATE booking SET state = 'confirmed' WHERE id = $1", made.id)
        given = {"actor": desk, "booking_id": made.id, "period": made.period, "now": NOW}
        at_home = await reschedule(tx, **given, space_id=cast.room_a)
        assert at_home.state == State.CONFIRMED
        moved = await reschedule(tx, **given, space_id=cast.other_room)
        assert moved.state == State.AWAITING_APPROVAL


async def test_a_coordinator_moves_nobody_into_another_gmina(db: Database, cast: Cast) -> None:
    made = await book(db, cast.member, cast.room_s)
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        with pytest.raises(Forbidden):
            await reschedule(tx, actor=desk, booking_id=made.id, period=made.period, space_id=cast.other_room, now=NOW)


async def test_notice_is_asked_for_a_start_and_not_for_another_end(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_s, lead_minutes=120)
    made = await book(db, cast.member, cast.room_s)
    actor = await acting(db, cast.member)
    begun = made.period.start + timedelta(minutes=10)
    async with transaction(db) as tx:
        longer = await extend(tx, actor=actor, booking_id=made.id, end=tuesday("10:00", "12:00").end, now=begun)
        assert longer.period == tuesday("10:00", "12:00")
        shorter = await extend(tx, actor=actor, booking_id=made.id, end=tuesday("10:00", "10:30").end, now=begun)
        assert shorter.period == tuesday("10:00", "10:30")


async def test_notice_is_asked_for_a_new_start(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_s, lead_minutes=120)
    made = await book(db, cast.member, cast.room_s)
    actor = await acting(db, cast.member)
    hour_before = made.period.start - timedelta(hours=1)
    async with transaction(db) as tx:
        with pytest.raises(TooSoon):
            await reschedule(tx, actor=actor, booking_id=made.id, period=tuesday("10:30", "11:00"), now=hour_before)


async def test_what_is_over_cannot_be_made_longer(db: Database, cast: Cast) -> None:
    made = await book(db, cast.member, cast.room_s)
    actor = await acting(db, cast.member)
    async with transaction(db) as tx:
        with pytest.raises(InThePast):
            await extend(
                tx,
                actor=actor,
                booking_id=made.id,
                end=tuesday("10:00", "13:00").end,
                now=tuesday("11:00", "12:00").start,
            )
    assert made.period.start.date() == TUESDAY
