"""Where one pays first, nothing that is firm becomes dearer than what is owed for it."""

from datetime import timedelta
from typing import Any

import pytest

from incubator.bookings.approve import approve
from incubator.bookings.change_series import change_series
from incubator.bookings.may_move import NotPaidYet
from incubator.bookings.pay_first import DearerIsPaidFirst, PaidFirstHere, SeriesPaidFirst
from incubator.bookings.price_of_move import price_of_move
from incubator.bookings.queries import booking_for
from incubator.bookings.reschedule import extend, reschedule
from incubator.bookings.series_choice import Which
from incubator.bookings.series_outcome import Change
from incubator.bookings.series_rules import Pattern
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.features import HAND_OVER
from incubator.kernel.period import Period
from incubator.payments.match_payment import record_transfer
from tests.auditing import audit
from tests.bookings.paying import DAY, TWO_HOURS, book, pays_first
from tests.bookings.test_foresee import foreseen
from tests.bookings.test_series import FOUR_TUESDAYS, again, states
from tests.cast import Cast, Person, acting, change
from tests.credits.cast import put_credit
from tests.moments import NOW, TUESDAY, on

START = TWO_HOURS.start
ONE_HOUR = on(DAY, "10:00", "11:00")
ONE_DATE = Pattern(first_day=TUESDAY, weekdays=(2,), start_minute=600, length_minutes=120, count=1)


async def paid(db: Database, cast: Cast, **told: Any) -> BookingView:
    """Booked for Acme, and paid by transfer."""
    made = await book(db, cast, cast.member, now=NOW, **told)
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        charge = await tx.fetchrow("SELECT id, owed FROM charge WHERE subject_id = $1", made.id)
        assert charge is not None
        given = {"charge_id": charge["id"], "amount": charge["owed"], "received_on": NOW.date()}
        await record_transfer(tx, actor=desk, reference="", seen=None, now=NOW, **given)
    await HAND_OVER.tell_paid(db, subject_id=charge["id"], now=NOW)
    async with statement(db) as tx:
        firm = await booking_for(tx, actor=desk, booking_id=made.id)
    assert firm.state == "confirmed"
    return firm


async def moved(db: Database, who: Person, booking: BookingView, period: Period, **told: Any) -> BookingView:
    actor, given = await acting(db, who), {"now": NOW, **told}
    return await attempt(db, lambda tx: reschedule(tx, actor=actor, booking_id=booking.id, period=period, **given))


async def owes(db: Database, booking: BookingView) -> list[tuple[int, str]]:
    async with statement(db) as tx:
        assert await audit(tx) == []
        rows = await tx.fetch("SELECT owed, state FROM charge WHERE subject_id = $1 ORDER BY id", booking.id)
    return [tuple(row) for row in rows]


async def test_an_hour_that_is_paid_does_not_become_eight(db: Database, cast: Cast) -> None:
    await pays_first(db, cast)
    made = await paid(db, cast, period=ONE_HOUR)
    actor = await acting(db, cast.member)
    with pytest.raises(DearerIsPaidFirst) as refused:
        longer = START + timedelta(hours=8)
        await attempt(db, lambda tx: extend(tx, actor=actor, booking_id=made.id, end=longer, now=NOW))
    assert (refused.value.would_cost, refused.value.more) == (8 * 3_690, 7 * 3_690)
    assert await owes(db, made) == [(3_690, "paid")]


async def test_at_the_same_price_or_a_lower_one_it_is_moved(db: Database, cast: Cast) -> None:
    await pays_first(db, cast)
    made = await paid(db, cast)
    later = await moved(db, cast.member, made, on(DAY, "14:00", "16:00"))
    assert await owes(db, made) == [(7_380, "paid")]
    shorter = await moved(db, cast.member, later, on(DAY, "14:00", "15:00"))
    assert await owes(db, made) == [(0, "cancelled"), (3_690, "open")]
    with pytest.raises(DearerIsPaidFirst):
        await moved(db, cast.member, shorter, on(DAY, "14:00", "16:00"))


async def test_the_desk_may_make_it_dearer(db: Database, cast: Cast) -> None:
    await pays_first(db, cast)
    made = await paid(db, cast)
    await moved(db, cast.coordinator, made, on(DAY, "10:00", "13:00"))
    assert await owes(db, made) == [(0, "cancelled"), (11_070, "open")]


async def test_what_others_pay_first_binds_nobody_who_does_not(db: Database, cast: Cast) -> None:
    await pays_first(db, cast, who="persons")
    made = await book(db, cast, cast.member, now=NOW)
    await moved(db, cast.member, made, on(DAY, "10:00", "13:00"))
    assert await owes(db, made) == [(0, "cancelled"), (11_070, "open")]


async def test_a_credit_that_does_not_reach_is_not_stretched_into_a_debt(db: Database, cast: Cast) -> None:
    await pays_first(db, cast)
    await put_credit(db, cast.acme, granted=180)
    made = await book(db, cast, cast.member, now=NOW)
    assert made.state == "confirmed"
    longer = await moved(db, cast.member, made, on(DAY, "10:00", "13:00"))
    with pytest.raises(DearerIsPaidFirst):
        await moved(db, cast.member, longer, on(DAY, "10:00", "14:00"))


async def test_before_it_is_moved_its_price_says_that_it_is_paid_first(db: Database, cast: Cast) -> None:
    await pays_first(db, cast)
    made = await paid(db, cast)
    for who, period, first in (
        (cast.member, on(DAY, "10:00", "13:00"), 3_690),
        (cast.member, on(DAY, "10:00", "11:00"), 0),
        (cast.coordinator, on(DAY, "10:00", "13:00"), 0),
    ):
        actor = await acting(db, who)
        async with statement(db) as tx:
            price = await price_of_move(tx, actor=actor, booking=made, period=period, now=NOW)
        assert price.paid_first == first


async def test_a_request_is_moved_to_where_it_costs_nothing(db: Database, cast: Cast) -> None:
    """Only what has a price is paid first."""
    await pays_first(db, cast)
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True)
        await tx.execute("UPDATE organisation SET kind = 'ngo' WHERE id = $1", cast.acme)
    made = await book(db, cast, cast.member, now=NOW)
    there = await moved(db, cast.member, made, TWO_HOURS, space_id=cast.room_s)
    assert there.state == "confirmed"


async def test_what_waits_for_its_payment_is_paid_before_it_is_moved(db: Database, cast: Cast) -> None:
    await pays_first(db, cast)
    made = await book(db, cast, cast.member, now=NOW)
    with pytest.raises(NotPaidYet):
        await moved(db, cast.member, made, on(DAY, "14:00", "16:00"))


@pytest.mark.parametrize("dates", [ONE_DATE, FOUR_TUESDAYS])
async def test_a_series_is_no_way_round_the_payment(db: Database, cast: Cast, dates: Pattern) -> None:
    await pays_first(db, cast)
    with pytest.raises(SeriesPaidFirst):
        await again(db, cast.member, cast.room_l, dates, organisation_id=cast.acme)
    seen = await foreseen(db, cast.member, cast.room_l, dates, organisation_id=cast.acme)
    assert set(seen) == {"series_paid_first"}
    async with statement(db) as tx:
        assert not await tx.fetchval("SELECT count(*) FROM charge") + await tx.fetchval("SELECT count(*) FROM booking")


async def test_dates_that_a_credit_covers_are_booked_and_the_rest_is_named(db: Database, cast: Cast) -> None:
    await pays_first(db, cast)
    await put_credit(db, cast.acme, granted=240)
    seen = await foreseen(db, cast.member, cast.room_l, FOUR_TUESDAYS, organisation_id=cast.acme)
    made = await again(db, cast.member, cast.room_l, organisation_id=cast.acme)
    assert states(made) == ["confirmed", "confirmed", "series_paid_first", "series_paid_first"] == seen


async def test_a_date_that_is_approved_is_paid_first(db: Database, cast: Cast) -> None:
    await pays_first(db, cast)
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True)
    made = await again(db, cast.member, cast.room_l, organisation_id=cast.acme)
    assert set(states(made)) == {"awaiting_approval"}
    first, second = (one.booking_id for one in made.occurrences[:2])
    assert first is not None and second is not None
    desk, member = await acting(db, cast.coordinator), await acting(db, cast.member)
    approved = await attempt(db, lambda tx: approve(tx, actor=desk, booking_id=first, now=NOW))
    assert approved.state == "awaiting_payment"
    with pytest.raises(PaidFirstHere):
        change_to = Change(space_id=cast.room_s)
        told: dict[str, Any] = {"series_id": made.id, "which": Which.THIS, "occurrence": 2, "change": change_to}
        await attempt(db, lambda tx: change_series(tx, actor=member, now=NOW, **told))
