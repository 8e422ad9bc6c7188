"""Shorter, longer, elsewhere: what a booking that stands becomes, and what may not be got that way."""

from collections.abc import Callable
from datetime import datetime

import httpx
import pytest

from incubator.bookings.approve import approve
from incubator.bookings.cancel import TooLateToCancel, cancel
from incubator.bookings.check_in import check_in
from incubator.bookings.expire_unanswered import expire_unanswered
from incubator.bookings.hold import hold
from incubator.bookings.may_move import NoTimeForApproval
from incubator.bookings.place import SlotTaken
from incubator.bookings.reschedule import extend, reschedule
from incubator.bookings.rules import InThePast
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.kernel.period import Period
from tests.auditing import audit
from tests.bookings.test_series import give_quota
from tests.cast import Cast, Person, acting, change
from tests.conftest import Clockwork
from tests.moments import NOW, tuesday

Visit = Callable[..., httpx.AsyncClient]
WHEN = tuesday("10:00", "12:00")


def at(clock: str) -> datetime:
    return tuesday(clock, "20:00").start


async def given(db: Database, cast: Cast, **rules: object) -> BookingView:
    """Room S from ten to twelve, asked for by `member` and approved."""
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        await change(tx, cast.room_s, **{"needs_approval": True, "pending_blocks": False, **rules})
    made = await request(db, cast.member, cast)
    return await attempt(db, lambda tx: approve(tx, actor=desk, booking_id=made.id, now=NOW))


async def request(db: Database, who: Person, cast: Cast, period: Period = WHEN) -> BookingView:
    actor = await acting(db, who)
    made = await attempt(
        db, lambda tx: hold(tx, actor=actor, space_id=cast.room_s, period=period, outright=True, now=NOW)
    )
    assert made.state == State.AWAITING_APPROVAL
    return made


async def until(db: Database, who: Person, booking: BookingView, end: str, now: datetime = NOW) -> BookingView:
    actor = await acting(db, who)
    return await attempt(db, lambda tx: extend(tx, actor=actor, booking_id=booking.id, end=at(end), now=now))


async def test_time_that_is_over_is_not_given_back_by_a_new_end(
    visit: Visit, db: Database, cast: Cast, clock: Clockwork
) -> None:
    await give_quota(db, cast, minutes=600)
    me = visit(cast.member)
    wish = {
        "space_id": str(cast.room_s),
        "start": WHEN.start.isoformat(),
        "end": WHEN.end.isoformat(),
        "outright": True,
    }
    where = (await me.post("/api/bookings", json=wish)).headers["location"]
    clock.now = at("11:45")
    past = {"start": WHEN.start.isoformat(), "end": at("10:30").isoformat()}
    for verb in ("reschedule", "extend"):
        refused = await me.post(f"{where}/{verb}", json=past if verb == "reschedule" else {"end": past["end"]})
        assert (refused.status_code, refused.json()["code"]) == (422, "in_the_past"), verb
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT minutes FROM quota_use") == 120


async def test_nor_where_it_would_end_just_now(db: Database, cast: Cast) -> None:
    made = await given(db, cast)
    actor = await acting(db, cast.member)
    async with transaction(db) as tx:
        with pytest.raises(InThePast):
            await reschedule(tx, actor=actor, booking_id=made.id, period=tuesday("10:00", "11:00"), now=at("11:00"))


async def test_what_became_shorter_stays_approved_and_keeps_its_room(db: Database, cast: Cast) -> None:
    made = await given(db, cast)
    shorter = await until(db, cast.member, made, "11:00")
    assert (shorter.state, shorter.period) == (State.CONFIRMED, tuesday("10:00", "11:00"))
    rival, desk = await request(db, cast.stranger, cast, tuesday("10:00", "11:00")), await acting(db, cast.coordinator)
    with pytest.raises(SlotTaken):
        await attempt(db, lambda tx: approve(tx, actor=desk, booking_id=rival.id, now=NOW))
    late = await request(db, cast.stranger, cast, tuesday("11:00", "12:00"))
    await attempt(db, lambda tx: approve(tx, actor=desk, booking_id=late.id, now=NOW))
    async with statement(db) as tx:
        assert await audit(tx) == []


async def test_a_later_start_within_what_was_given_keeps_it_too(db: Database, cast: Cast) -> None:
    made, actor = await given(db, cast), await acting(db, cast.member)
    async with transaction(db) as tx:
        later = await reschedule(tx, actor=actor, booking_id=made.id, period=tuesday("11:00", "12:00"), now=NOW)
        assert later.state == State.CONFIRMED
        beyond = await reschedule(tx, actor=actor, booking_id=made.id, period=tuesday("10:30", "11:30"), now=NOW)
        assert beyond.state == State.AWAITING_APPROVAL


async def test_a_part_of_the_time_in_another_room_is_asked_for_anew(db: Database, cast: Cast) -> None:
    made, actor = await given(db, cast), await acting(db, cast.member)
    async with transaction(db) as tx:
        await change(tx, cast.room_a, needs_approval=True)
        moved = await reschedule(
            tx, actor=actor, booking_id=made.id, period=tuesday("10:00", "11:00"), space_id=cast.room_a, now=NOW
        )
        assert moved.state == State.AWAITING_APPROVAL


async def test_shortened_while_they_are_there_it_does_not_lapse(db: Database, cast: Cast) -> None:
    made = await given(db, cast)
    assert (await until(db, cast.member, made, "11:30", at("10:20"))).state == State.CONFIRMED
    actor = await acting(db, cast.member)
    async with transaction(db) as tx:
        assert await expire_unanswered(tx, now=at("10:25")) == []
        here = await check_in(tx, actor=actor, booking_id=made.id, now=at("10:25"))
    assert (await until(db, cast.member, here, "11:00", at("10:30"))).state == State.CHECKED_IN


@pytest.mark.parametrize("end", ["11:30", "12:30"])
async def test_another_end_is_no_way_round_the_cancellation_window(db: Database, cast: Cast, end: str) -> None:
    made, actor = await given(db, cast, cancel_minutes=1440), await acting(db, cast.member)
    too_late = at("9:00")
    if end < "12:00":
        await until(db, cast.member, made, end, too_late)
    else:
        with pytest.raises(NoTimeForApproval):
            await until(db, cast.member, made, end, too_late)
    async with transaction(db) as tx:
        with pytest.raises(TooLateToCancel):
            await cancel(tx, actor=actor, booking_id=made.id, now=too_late)


async def test_who_sits_there_cannot_wait_for_approval(
    visit: Visit, db: Database, cast: Cast, clock: Clockwork
) -> None:
    made, actor = await given(db, cast), await acting(db, cast.member)
    clock.now = at("10:10")
    body = {"end": at("13:00").isoformat()}
    me = visit(cast.member)

    async def refused(language: str) -> tuple[int, str, str]:
        answer = await me.post(f"/api/bookings/{made.id}/extend?lang={language}", json=body)
        return answer.status_code, answer.json()["code"], answer.json()["detail"]

    begun = await refused("en")
    assert begun[:2] == (409, "no_time_for_approval"), begun
    async with transaction(db) as tx:
        await check_in(tx, actor=actor, booking_id=made.id, now=clock.now)
    assert await refused("en") == begun
    assert (await refused("pl"))[2].startswith("Dłuższa rezerwacja")
    longer = await visit(cast.coordinator).post(f"/api/bookings/{made.id}/extend", json=body)
    assert (longer.status_code, longer.json()["state"]) == (200, "checked_in")


async def test_where_no_approval_is_asked_for_they_stay_on(db: Database, cast: Cast) -> None:
    made, actor = await given(db, cast), await acting(db, cast.member)
    async with transaction(db) as tx:
        await change(tx, cast.room_s, needs_approval=False)
        await check_in(tx, actor=actor, booking_id=made.id, now=at("10:00"))
    longer = await until(db, cast.member, made, "13:00", at("11:00"))
    assert (longer.state, longer.period) == (State.CHECKED_IN, tuesday("10:00", "13:00"))


async def test_longer_in_good_time_it_waits_again(db: Database, cast: Cast) -> None:
    made = await given(db, cast, cancel_minutes=60)
    assert (await until(db, cast.member, made, "13:00", at("9:00"))).state == State.AWAITING_APPROVAL
