"""For whom one pays first, until when it is kept, and what an unpaid booking may do."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as some

from incubator.bookings.approve import approve
from incubator.bookings.cancel import cancel
from incubator.bookings.confirm import confirm
from incubator.bookings.expire import expire_overdue
from incubator.bookings.forget_person import forget_person
from incubator.bookings.join_line import join_line
from incubator.bookings.may_move import NotPaidYet
from incubator.bookings.pay_first import PaidFirstHere
from incubator.bookings.pay_rules import AT_LEAST, PayBy, pay_until
from incubator.bookings.place import SlotTaken, TooManyHolds
from incubator.bookings.placing import MOST_HOLDS
from incubator.bookings.queries import booking_for
from incubator.bookings.reschedule import reschedule
from incubator.bookings.settle import WrongState
from incubator.bookings.views import BookingView
from incubator.bookings.waitlist import wishes_of
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.features import HAND_OVER
from incubator.payments.match_payment import record_transfer
from incubator.payments.queries import waited_for
from incubator.payments.remind_due import remind_due
from incubator.payments.rules import title_of
from incubator.payments.stripe.want_checkout import NotConnected
from incubator.payments.suggest import suggested
from incubator.pricing.details import ExtraDetails
from incubator.web.pages import show_day, show_time
from tests.auditing import audit
from tests.bookings.paying import DAY, TWO_HOURS, at, book, letters, pays_first
from tests.cast import Cast, Person, acting, change
from tests.credits.cast import put_credit, used
from tests.moments import NOW, on
from tests.payments.test_suggest import sent

S = "awaiting_payment"


async def charged(db: Database, booking: BookingView) -> list[tuple[str, bool]]:
    async with statement(db) as tx:
        assert await audit(tx) == []
        rows = await tx.fetch("SELECT state, lapses FROM charge WHERE subject_id = $1 ORDER BY id", booking.id)
    return [tuple(row) for row in rows]


async def held(db: Database, cast: Cast, who: Person, **told: Any) -> BookingView:
    return await book(db, cast, who, now=NOW, outright=False, **told)


async def confirmed(db: Database, who: Person, booking: BookingView, **told: Any) -> BookingView:
    actor = await acting(db, who)
    return await attempt(db, lambda tx: confirm(tx, actor=actor, booking_id=booking.id, now=NOW, **told))


MOMENTS = some.integers(0, 60 * 24 * 90).map(lambda minutes: NOW + timedelta(minutes=minutes))


@given(some.sampled_from(PayBy), some.integers(1, 60), MOMENTS)
def test_it_is_kept_half_an_hour_at_least_and_never_past_its_beginning_otherwise(
    pay_by: PayBy, days: int, begins: Any
) -> None:
    until = pay_until(pay_by=pay_by, due_days=days, begins=begins, now=NOW)
    longest = timedelta(hours=1) if pay_by == PayBy.ONLINE else timedelta(days=days)
    assert NOW + AT_LEAST <= until <= NOW + longest
    assert until <= begins or until == NOW + AT_LEAST


async def test_what_is_confirmed_waits_for_its_payment_by_the_days_of_the_list(db: Database, cast: Cast) -> None:
    await pays_first(db, cast)
    made = await confirmed(db, cast.member, await held(db, cast, cast.member))
    assert (made.state, made.hold_expires_at) == (S, NOW + timedelta(days=3))
    assert await charged(db, made) == [("open", True)]
    assert await letters(db) == ["To pay"]
    with pytest.raises(WrongState):
        await confirmed(db, cast.member, made)


async def test_programs_and_pages_are_told_until_when_it_is_kept(
    visit: Callable[..., httpx.AsyncClient], db: Database, cast: Cast
) -> None:
    await pays_first(db, cast)
    made = await confirmed(db, cast.member, await held(db, cast, cast.member))
    member = visit(cast.member)
    (one,) = (await member.get("/api/charges")).json()["items"]
    assert one["lapses"] and made.hold_expires_at
    assert datetime.fromisoformat(one["due_at"]) == made.hold_expires_at
    until = f"by {show_day(made.hold_expires_at, 'en', 'short')}, {show_time(made.hold_expires_at)}"
    assert until in (await member.get("/payments")).text


async def test_it_is_kept_no_longer_than_until_it_begins(db: Database, cast: Cast) -> None:
    await pays_first(db, cast)
    soon = on(NOW.date(), "14:00", "15:00")
    made = await confirmed(db, cast.member, await held(db, cast, cast.member, period=soon))
    assert made.hold_expires_at == soon.start


async def test_nobody_else_has_its_time_until_then_and_anybody_afterwards(db: Database, cast: Cast) -> None:
    await pays_first(db, cast)
    made = await book(db, cast, cast.member, now=NOW)
    with pytest.raises(SlotTaken):
        await book(db, cast, cast.resident, own=True, now=NOW + timedelta(days=2, hours=23))
    await book(db, cast, cast.resident, own=True, now=NOW + timedelta(days=3))
    assert await charged(db, made) == [("cancelled", True)]


async def test_persons_pay_first_and_organisations_afterwards_where_the_list_says_so(db: Database, cast: Cast) -> None:
    await pays_first(db, cast, who="persons")
    his = await book(db, cast, cast.resident, own=True, now=NOW)
    theirs = await book(db, cast, cast.member, now=NOW, space_id=cast.room_s)
    assert (his.state, theirs.state) == (S, "confirmed")
    assert (await charged(db, his), await charged(db, theirs)) == ([("open", True)], [("open", False)])
    async with statement(db) as tx:
        due = await tx.fetchval("SELECT due_at FROM charge WHERE subject_id = $1", theirs.id)
    assert due == NOW + timedelta(days=3)


async def test_what_costs_nothing_and_the_houses_own_use_are_firm_at_once(db: Database, cast: Cast) -> None:
    await pays_first(db, cast)
    async with transaction(db) as tx:
        await tx.execute("UPDATE organisation SET kind = 'ngo' WHERE id = $1", cast.acme)
    free = await book(db, cast, cast.member, now=NOW)
    own = await book(db, cast, cast.coordinator, own=True, now=NOW, space_id=cast.room_s)
    assert (free.state, own.state) == ("confirmed", "confirmed")
    assert (await charged(db, free), await charged(db, own)) == ([], [])
    assert (free.hold_expires_at, own.hold_expires_at) == (None, None)


async def test_a_request_is_kept_from_when_it_is_approved_and_does_not_count_as_a_hold(
    db: Database, cast: Cast
) -> None:
    await pays_first(db, cast)
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True)
    made = await book(db, cast, cast.member, now=NOW)
    assert made.state == "awaiting_approval"
    desk, later = await acting(db, cast.coordinator), NOW + timedelta(days=1)
    approved = await attempt(db, lambda tx: approve(tx, actor=desk, booking_id=made.id, now=later))
    assert (approved.state, approved.hold_expires_at) == (S, later + timedelta(days=3))
    assert await letters(db) == ["To pay", "Approved"]
    async with statement(db) as tx:
        text = await tx.fetchval("SELECT text FROM mail WHERE subject LIKE 'Approved%'")
        assert not await tx.fetchval("SELECT coalesce(sum(holds), 0) FROM live_holds")
    assert "once it is paid" in text
    async with transaction(db) as tx:
        assert await expire_overdue(tx, now=later + timedelta(days=3)) == [made.id]
    assert await charged(db, made) == [("cancelled", True)]


async def test_an_unpaid_booking_counts_among_the_holds_of_the_person(db: Database, cast: Cast) -> None:
    await pays_first(db, cast)
    made = [await book(db, cast, cast.member, now=NOW, period=at(8 + n)) for n in range(MOST_HOLDS)]
    assert {one.state for one in made} == {S}
    with pytest.raises(TooManyHolds):
        await book(db, cast, cast.member, now=NOW, space_id=cast.room_s)
    actor = await acting(db, cast.member)
    await attempt(db, lambda tx: cancel(tx, actor=actor, booking_id=made[0].id, now=NOW))
    await book(db, cast, cast.member, now=NOW, space_id=cast.room_s)
    await charged(db, made[0])


async def test_it_can_be_called_off_at_any_time_but_not_be_moved(db: Database, cast: Cast) -> None:
    await pays_first(db, cast)
    async with transaction(db) as tx:
        await change(tx, cast.room_l, cancel_minutes=60 * 24 * 30)
    made = await book(db, cast, cast.member, now=NOW)
    actor, later = await acting(db, cast.member), on(DAY, "14:00", "16:00")
    with pytest.raises(NotPaidYet):
        await attempt(db, lambda tx: reschedule(tx, actor=actor, booking_id=made.id, period=later, now=NOW))
    await attempt(db, lambda tx: cancel(tx, actor=actor, booking_id=made.id, now=NOW))
    assert await charged(db, made) == [("cancelled", True)]


async def test_a_request_is_not_moved_around_the_payment(db: Database, cast: Cast) -> None:
    await pays_first(db, cast)
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True)
    made = await book(db, cast, cast.member, now=NOW)
    actor = await acting(db, cast.member)
    told: dict[str, Any] = {"actor": actor, "booking_id": made.id, "period": TWO_HOURS, "space_id": cast.room_s}
    with pytest.raises(PaidFirstHere):
        await attempt(db, lambda tx: reschedule(tx, **told, now=NOW))
    async with statement(db) as tx:
        assert (await booking_for(tx, actor=actor, booking_id=made.id)).state == "awaiting_approval"


async def test_online_is_refused_where_the_gmina_takes_no_cards(db: Database, cast: Cast) -> None:
    await pays_first(db, cast)
    made = await held(db, cast, cast.member)
    with pytest.raises(NotConnected):
        await confirmed(db, cast.member, made, pay_by=PayBy.ONLINE)
    async with transaction(db) as tx:
        await tx.execute(
            "INSERT INTO stripe_account (gmina_id, account, charges_since, error, version) VALUES ($1, 'acct_1', $2, '', 1)",
            cast.niepolomice,
            NOW,
        )
    made = await confirmed(db, cast.member, made, pay_by=PayBy.ONLINE)
    assert made.hold_expires_at == NOW + timedelta(hours=1)


async def test_what_is_given_up_is_offered_to_who_waits_for_it(db: Database, cast: Cast) -> None:
    await pays_first(db, cast)
    made = await book(db, cast, cast.member, now=NOW)
    waiting = await acting(db, cast.resident)
    told: dict[str, Any] = {"actor": waiting, "space_id": cast.room_l, "period": TWO_HOURS, "now": NOW}
    await attempt(db, lambda tx: join_line(tx, **told))
    await attempt(db, lambda tx: expire_overdue(tx, now=NOW + timedelta(days=3)))
    async with statement(db) as tx:
        offered = await tx.fetchval("SELECT state FROM booking WHERE account_id = $1", cast.resident.id)
    assert (await charged(db, made), offered) == ([("cancelled", True)], "held")


async def test_who_was_refused_for_what_is_then_not_paid_is_offered_it(db: Database, cast: Cast) -> None:
    await pays_first(db, cast)
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True)
    made = await book(db, cast, cast.member, now=NOW)
    rival = await book(db, cast, cast.resident, own=True, now=NOW)
    desk = await acting(db, cast.coordinator)
    await attempt(db, lambda tx: approve(tx, actor=desk, booking_id=made.id, now=NOW))
    async with statement(db) as tx:
        assert (await booking_for(tx, actor=desk, booking_id=rival.id)).state == "declined"
        (told,) = await tx.fetch("SELECT text FROM mail WHERE subject LIKE 'Not this time%'")
        (waits,) = await wishes_of(tx, actor=await acting(db, cast.resident), now=NOW)
    assert "you are on the waiting list" in told["text"]
    assert (waits.state, waits.period) == ("waiting", TWO_HOURS)
    await attempt(db, lambda tx: expire_overdue(tx, now=NOW + timedelta(days=3)))
    async with statement(db) as tx:
        offered = await tx.fetchval(
            "SELECT state FROM booking WHERE account_id = $1 AND id <> $2", cast.resident.id, rival.id
        )
        assert offered == "held"
        assert await tx.fetchval("SELECT count(*) FROM mail WHERE subject LIKE 'It is free now%'") == 1
    await charged(db, made)


async def test_who_was_refused_for_what_is_firm_at_once_is_not_in_line(db: Database, cast: Cast) -> None:
    await pays_first(db, cast, who="nobody")
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True)
    made = await book(db, cast, cast.member, now=NOW)
    await book(db, cast, cast.resident, own=True, now=NOW)
    desk = await acting(db, cast.coordinator)
    await attempt(db, lambda tx: approve(tx, actor=desk, booking_id=made.id, now=NOW))
    async with statement(db) as tx:
        assert not await wishes_of(tx, actor=await acting(db, cast.resident), now=NOW)


async def test_who_leaves_owes_nothing_for_what_was_kept(db: Database, cast: Cast) -> None:
    await pays_first(db, cast)
    made = await book(db, cast, cast.resident, own=True, now=NOW)
    actor = await acting(db, cast.resident)
    await attempt(db, lambda tx: forget_person(tx, actor=actor, now=NOW))
    assert await charged(db, made) == [("cancelled", True)]


async def test_a_late_transfer_is_known_by_its_number_and_counted_by_hand_alone(db: Database, cast: Cast) -> None:
    await pays_first(db, cast)
    made = await book(db, cast, cast.member, now=NOW)
    later = NOW + timedelta(days=3)
    await attempt(db, lambda tx: expire_overdue(tx, now=later))
    async with statement(db) as tx:
        number = await tx.fetchval("SELECT number FROM charge WHERE subject_id = $1", made.id)
        asked = await waited_for(tx, gmina_id=cast.niepolomice)
    late, nameless = sent(title_of(number), "", 7_380), sent("za salę", "Acme", 7_380)
    by_number, by_name = suggested([late, nameless], asked=asked)
    assert [(one.why, one.exact) for one in by_number] == [("number", False)]
    assert by_name == []


async def test_of_what_is_kept_nobody_is_reminded_once_its_time_is_over(db: Database, cast: Cast) -> None:
    await pays_first(db, cast, due_days=10)
    await book(db, cast, cast.member, now=NOW)
    told = []
    for day in range(20):
        async with transaction(db) as tx:
            told += [day] if await remind_due(tx, now=NOW + timedelta(days=day)) else []
    assert told == [7]


async def test_late_money_takes_it_again_from_the_credit_that_its_price_was_made_by(db: Database, cast: Cast) -> None:
    """Another credit, a grant beside a pass say, would make another price and other aid of it."""
    await pays_first(db, cast, extras=(ExtraDetails(name_pl="Rzutnik", price=2_000),))
    first = await put_credit(db, cast.acme, granted=600)
    async with statement(db) as tx:
        extra = await tx.fetchval("SELECT id FROM extra")
    made = await book(db, cast, cast.member, now=NOW, extras=(extra,))
    assert (made.state, made.credit_id) == (S, first)
    late = NOW + timedelta(days=4)
    async with transaction(db) as tx:
        await expire_overdue(tx, now=late)
    sooner = await put_credit(db, cast.acme, granted=600, end=TWO_HOURS.end + timedelta(days=1))
    await paid_late(db, cast, made, late)
    async with statement(db) as tx:
        row = await tx.fetchrow("SELECT state, credit_id FROM booking WHERE id = $1", made.id)
    assert tuple(row or ()) == ("confirmed", first)
    assert (await used(db, first), await used(db, sooner)) == (120, 0)
    assert await charged(db, made) == [("paid", False)]


async def paid_late(db: Database, cast: Cast, booking: BookingView, now: datetime) -> None:
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        charge = await tx.fetchrow("SELECT id, net + vat AS gross FROM charge WHERE subject_id = $1", booking.id)
        assert charge is not None
        told = {"charge_id": charge["id"], "amount": charge["gross"], "received_on": now.date()}
        await record_transfer(tx, actor=desk, reference="", seen=None, now=now, **told)
    await HAND_OVER.tell_late(db, subject_id=charge["id"], now=now)
