"""A pass lapses, is called off, given back, over; its holder leaves."""

from dataclasses import replace
from datetime import timedelta

import pytest

from incubator.bookings.cancel import cancel
from incubator.bookings.give_back_price import Back
from incubator.bookings.move_part import move_part
from incubator.bookings.settle import settle
from incubator.bookings.states import State
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.features import ELSEWHERE, HAND_OVER
from incubator.kernel.ids import uuid7
from incubator.kernel.period import Period
from incubator.passes.end_passes import end_passes
from incubator.passes.give_back_pass import NothingLeftOfPass, PassBegun, give_back_pass
from incubator.passes.lapse import PassPaid, call_off_pass
from incubator.passes.queries import NoSuchPassBought, uses_of
from incubator.passes.states import PassState
from incubator.passes.views import PassView
from incubator.payments.locked import locked
from incubator.payments.plan_refund import give_back_surplus
from incubator.payments.states import ChargeState
from incubator.payments.write_off import write_off
from incubator.people.close_organisation import close_organisation
from incubator.people.erase_account import erase_account
from incubator.places.queries import space_to_book
from tests.auditing import audit
from tests.cast import Cast, Person, acting
from tests.moments import NOW, tuesday
from tests.passes.cast import a_pass, ahead, aid_of, as_it_is, book, live, on_sale, order, pay_in

TWO_HOURS = tuesday("10:00", "12:00")
DUE = NOW + timedelta(days=14)


async def charge(db: Database, bought: PassView) -> tuple[str, int, int]:
    """How its charge stands: state, what is owed, what goes back."""
    assert bought.charge_id is not None
    async with transaction(db) as tx:
        found = await locked(tx, charge_id=bought.charge_id)
    return found.state, found.owed, found.refunded


async def give_back(db: Database, who: Person, bought: PassView, *, days: int = 0) -> PassView:
    actor, now = await acting(db, who), NOW + timedelta(days=days)
    return await attempt(db, lambda tx: give_back_pass(tx, actor=actor, pass_id=bought.id, now=now))


async def call_off(db: Database, who: Person, bought: PassView) -> PassView:
    actor = await acting(db, who)
    return await attempt(db, lambda tx: call_off_pass(tx, actor=actor, pass_id=bought.id, now=NOW))


async def test_not_paid_in_time_it_lapses_and_late_money_is_shown_as_too_much(db: Database, cast: Cast) -> None:
    bought = await order(db, cast, await on_sale(db, cast))
    assert bought.charge_id is not None
    await HAND_OVER.tell_overdue(db, subject_id=bought.charge_id, now=DUE)
    assert (await as_it_is(db, bought.id)).state == PassState.LAPSED
    assert await charge(db, bought) == (ChargeState.CANCELLED, 0, 0)
    assert await aid_of(db, bought) == [100_000, -100_000]
    async with transaction(db) as tx:
        await pay_in(tx, bought, now=DUE)
    await HAND_OVER.tell_paid(db, subject_id=bought.charge_id, now=DUE)
    assert (await as_it_is(db, bought.id)).state == PassState.LAPSED
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        told = await give_back_surplus(tx, actor=desk, charge_id=bought.charge_id, seen=None, now=DUE)
    assert told.refunded == bought.gross
    assert await ahead(db, cast) == (0, 0)


async def test_written_off_before_it_was_paid_it_lapses_too(db: Database, cast: Cast) -> None:
    bought = await order(db, cast, await on_sale(db, cast))
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        assert bought.charge_id is not None
        await write_off(tx, actor=desk, charge_id=bought.charge_id, seen=None, now=NOW)
        await end_passes(tx, now=NOW)
    assert (await as_it_is(db, bought.id)).state == PassState.LAPSED
    assert await ahead(db, cast) == (0, 0)


async def test_called_off_before_it_is_paid_nothing_is_owed(db: Database, cast: Cast) -> None:
    bought = await order(db, cast, await on_sale(db, cast))
    with pytest.raises(NoSuchPassBought):
        await call_off(db, cast.stranger, bought)
    assert (await call_off(db, cast.owner, bought)).state == PassState.CALLED_OFF
    assert await aid_of(db, bought) == [100_000, -100_000]
    assert await ahead(db, cast) == (0, 0)
    with pytest.raises(PassPaid):
        await call_off(db, cast.owner, bought)


async def test_unused_its_holder_gives_it_back_within_14_days(db: Database, cast: Cast) -> None:
    bought = await live(db, cast, await on_sale(db, cast))
    with pytest.raises(PassBegun):
        await give_back(db, cast.member, bought, days=15)
    given = await give_back(db, cast.member, bought, days=14)
    assert (given.state, given.left, given.back) == (PassState.GIVEN_BACK, 0, bought.gross)
    assert await charge(db, bought) == (ChargeState.CANCELLED, 0, bought.gross)
    assert await aid_of(db, bought) == [100_000, -100_000]
    assert (await book(db, cast, TWO_HOURS)).credit_id is None
    assert (await ahead(db, cast))[0] == 0
    with pytest.raises(NothingLeftOfPass):
        await give_back(db, cast.coordinator, bought)


async def test_a_private_person_gives_back_what_is_left_as_consumers_may(db: Database, cast: Cast) -> None:
    bought = await live(db, cast, await on_sale(db, cast), who=cast.resident, own=True)
    await book(db, cast, TWO_HOURS, who=cast.resident, own=True)
    with pytest.raises(PassBegun):
        await give_back(db, cast.resident, bought, days=15)
    given = await give_back(db, cast.resident, bought, days=14)
    # A tenth of 800 net and 184 tax stays.
    assert (given.state, given.left, given.drawn, given.back) == (PassState.GIVEN_BACK, 0, 120, 88_560)
    assert await charge(db, bought) == (ChargeState.CANCELLED, 9_840, 88_560)
    assert (await ahead(db, cast))[0] == 0


async def test_begun_the_desk_gives_back_the_share_that_is_left(db: Database, cast: Cast) -> None:
    bought = await live(db, cast, await on_sale(db, cast, a_pass((("commercial", 150_001), ("incubated", 50_001)))))
    booking = await book(db, cast, TWO_HOURS)
    with pytest.raises(PassBegun):
        await give_back(db, cast.member, bought)
    given = await give_back(db, cast.coordinator, bought, days=60)
    assert (given.state, given.left, given.drawn) == (PassState.GIVEN_BACK, 0, 120)
    # A tenth of 500.01 net and 115.00 tax stays.
    assert given.back == 50_001 - 5_000 + 11_500 - 1_150
    assert await charge(db, bought) == (ChargeState.CANCELLED, 6_150, given.back)
    assert await aid_of(db, bought) == [100_000, -100_000, 10_000]
    async with statement(db) as tx:
        days = await tx.fetch("SELECT granted_on FROM aid_entry WHERE subject_id = $1 AND reverses IS NULL", bought.id)
    assert {row["granted_on"] for row in days} == {NOW.date()}, "granted when it was"
    assert await ahead(db, cast) == (0, 5_000)
    actor = await acting(db, cast.member)
    await attempt(db, lambda tx: cancel(tx, actor=actor, booking_id=booking.id, now=NOW))
    assert (await as_it_is(db, bought.id)).left == 120, "what is returned can be drawn again"
    assert await ahead(db, cast) == (5_000, 0)
    async with transaction(db) as tx:
        await end_passes(tx, now=NOW + timedelta(days=181))
    assert await ahead(db, cast) == (0, 5_000)


async def test_once_its_days_are_over_the_rest_is_earned(db: Database, cast: Cast) -> None:
    bought = await live(db, cast, await on_sale(db, cast))
    await book(db, cast, TWO_HOURS)
    later = NOW + timedelta(days=181)
    async with transaction(db) as tx:
        await end_passes(tx, now=NOW + timedelta(days=179))
    assert (await as_it_is(db, bought.id)).state == PassState.ACTIVE
    async with transaction(db) as tx:
        await end_passes(tx, now=later)
        await end_passes(tx, now=later)
    over = await as_it_is(db, bought.id)
    assert (over.state, over.left) == (PassState.OVER, 0)
    assert await ahead(db, cast) == (0, 50_000)
    with pytest.raises(NothingLeftOfPass):
        await give_back(db, cast.coordinator, bought, days=181)


async def test_an_organisation_that_closes_gets_back_what_it_did_not_use(db: Database, cast: Cast) -> None:
    listed = await on_sale(db, cast, a_pass(), a_pass(position=1))
    used, waits = await live(db, cast, listed), await order(db, cast, listed, nth=1)
    await book(db, cast, TWO_HOURS)
    owner = await acting(db, cast.owner)
    async with transaction(db) as tx:
        await close_organisation(tx, actor=owner, organisation_id=cast.acme, elsewhere=ELSEWHERE, now=NOW)
    assert (await as_it_is(db, used.id)).state == PassState.GIVEN_BACK
    assert (await as_it_is(db, waits.id)).state == PassState.CALLED_OFF
    # What was booked is called off by the closing, so all of it goes back.
    assert await charge(db, used) == (ChargeState.CANCELLED, 0, used.gross)
    assert await ahead(db, cast) == (0, 0)


async def test_who_leaves_the_house_gets_back_what_they_did_not_use(db: Database, cast: Cast) -> None:
    listed = await on_sale(db, cast, a_pass(), a_pass(position=1))
    bought = await live(db, cast, listed, who=cast.resident, own=True)
    paid = await order(db, cast, listed, who=cast.resident, own=True, nth=1)
    async with transaction(db) as tx:
        await pay_in(tx, paid)  # what follows has not come yet
    actor = await acting(db, cast.resident)
    async with transaction(db) as tx:
        await erase_account(tx, actor=actor, confirmation=cast.resident.email, elsewhere=ELSEWHERE, now=NOW)
    for one in (bought, paid):
        assert (await as_it_is(db, one.id)).state == PassState.GIVEN_BACK
        assert await charge(db, one) == (ChargeState.CANCELLED, 0, one.gross)
    assert paid.charge_id is not None
    await HAND_OVER.tell_paid(db, subject_id=paid.charge_id, now=NOW)
    assert await ahead(db, cast) == (0, 0)


@pytest.mark.parametrize("booked", [1, 2])
async def test_given_back_in_part_and_left_then_what_is_returned_goes_back_too(
    db: Database, cast: Cast, booked: int
) -> None:
    """Hours that are called off by the leaving return to a pass that was given back before: nobody can use them."""
    prices = (("commercial", 150_001), ("incubated", 50_001), ("resident", 80_001))
    bought = await live(db, cast, await on_sale(db, cast, a_pass(prices)), who=cast.resident, own=True)
    week = timedelta(days=7)
    await book(db, cast, Period(TWO_HOURS.start + week, TWO_HOURS.end + week), who=cast.resident, own=True)
    over = await book(db, cast, tuesday("14:00", "17:00"), who=cast.resident, own=True) if booked == 2 else None
    given = await give_back(db, cast.coordinator, bought)
    assert (given.state, given.drawn) == (PassState.GIVEN_BACK, 120 if booked == 1 else 300)
    later = NOW
    if over is not None:  # one of them has taken place
        later = over.period.end + timedelta(days=1)
        async with transaction(db) as tx:
            await tx.execute("UPDATE booking SET state = 'completed' WHERE id = $1", over.id)
    actor = await acting(db, cast.resident)
    async with transaction(db) as tx:
        await erase_account(tx, actor=actor, confirmation=cast.resident.email, elsewhere=ELSEWHERE, now=later)
    ended = await as_it_is(db, bought.id)
    assert (ended.state, ended.left) == (PassState.GIVEN_BACK, 0)
    kept = 0 if over is None else round(80_001 * 180 / 1200) + round(18_400 * 180 / 1200)
    assert await charge(db, bought) == (ChargeState.CANCELLED, kept, bought.gross - kept)
    assert await ahead(db, cast) == (0, round(80_001 * 180 / 1200) if over else 0)


async def test_an_organisation_that_closes_gets_back_what_returns_to_a_pass_given_back(
    db: Database, cast: Cast
) -> None:
    bought = await live(db, cast, await on_sale(db, cast))
    await book(db, cast, TWO_HOURS)
    await give_back(db, cast.coordinator, bought)
    assert await aid_of(db, bought) == [100_000, -100_000, 10_000]
    owner = await acting(db, cast.owner)
    async with transaction(db) as tx:
        await close_organisation(tx, actor=owner, organisation_id=cast.acme, elsewhere=ELSEWHERE, now=NOW)
    assert await charge(db, bought) == (ChargeState.CANCELLED, 0, bought.gross)
    assert await aid_of(db, bought) == [100_000, -100_000, 10_000, -10_000]
    assert await ahead(db, cast) == (0, 0)


async def test_what_was_called_off_too_late_to_return_its_hours_is_among_its_uses(db: Database, cast: Cast) -> None:
    bought = await live(db, cast, await on_sale(db, cast))
    late, in_time = await book(db, cast, TWO_HOURS), await book(db, cast, tuesday("14:00", "15:00"))
    for one, back in ((late, Back(credit=False)), (in_time, Back())):
        async with transaction(db) as tx:
            told = {"to": State.CANCELLED, "verb": "cancel", "actor_id": None, "back": back, "now": NOW}
            await settle(tx, booking=one, **told)  # type: ignore[arg-type]
    bought = await as_it_is(db, bought.id)
    async with statement(db) as tx:
        uses = await uses_of(tx, bought=bought)
        assert await audit(tx) == []
    assert [(one.booking_id, one.state, one.amount) for one in uses] == [(late.id, "cancelled", 120)]
    assert bought.drawn == sum(one.amount for one in uses)


async def test_the_room_of_a_meeting_that_drew_on_a_pass_and_is_moved_draws_no_more(db: Database, cast: Cast) -> None:
    """As rooms of mentors once did; moved, a part of something larger is the house's own use."""
    await live(db, cast, await on_sale(db, cast))
    made = await book(db, cast, TWO_HOURS)
    assert await ahead(db, cast) == (45_000, 5_000)
    desk, there = await acting(db, cast.coordinator), tuesday("14:00", "16:00")
    async with transaction(db) as tx:
        part = replace(made, part_of=uuid7())
        await tx.execute("UPDATE booking SET part_of = $2 WHERE id = $1", part.id, part.part_of)
        space = await space_to_book(tx, space_id=cast.room_l, span=there)
        told = {"booking": part, "space": space, "period": there, "actor_id": desk.account_id, "now": NOW}
        moved = await move_part(tx, **told)  # type: ignore[arg-type]
    assert moved.credit_id is None
    assert await ahead(db, cast) == (50_000, 0)
