"""A pass is bought, paid, drawn, and what is drawn is earned."""

from datetime import timedelta

import pytest

from incubator.bookings.cancel import cancel
from incubator.bookings.charge import KIND
from incubator.bookings.confirm import confirm
from incubator.bookings.reschedule import extend, reschedule
from incubator.credits.queries import credits_by_id
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.passes.buy_pass import PassForOthers, buy_pass
from incubator.passes.check_passes import check_passes
from incubator.passes.draw_down import draw_down
from incubator.passes.end_passes import end_passes
from incubator.passes.queries import uses_of
from incubator.passes.states import PassState
from incubator.payments.queries import charges_about
from incubator.pricing.quote_pass import NoSuchPass, PassNotOnSale
from tests.cast import Cast, acting, change
from tests.moments import NOW, tuesday
from tests.passes.cast import a_pass, ahead, aid_of, as_it_is, book, follow, live, on_sale, order, pay

TWO_HOURS, THREE_HOURS = tuesday("10:00", "12:00"), tuesday("10:00", "13:00")


async def test_ordered_it_is_owed_and_granted_as_aid_but_not_good_yet(db: Database, cast: Cast) -> None:
    bought = await order(db, cast, await on_sale(db, cast))
    assert (bought.state, bought.net, bought.vat, bought.left) == (PassState.ORDERED, 50_000, 11_500, 0)
    assert bought.due_at == NOW + timedelta(days=14)
    assert await aid_of(db, bought) == [100_000]
    assert await ahead(db, cast) == (50_000, 0)


async def test_paid_it_is_good_from_that_day_in_its_gmina_alone(db: Database, cast: Cast) -> None:
    bought = await order(db, cast, await on_sale(db, cast))
    bought = await pay(db, bought, now=NOW + timedelta(days=3))
    assert (bought.state, bought.left) == (PassState.ACTIVE, 1200)
    async with statement(db) as tx:
        (credit,) = await credits_by_id(tx, ids=[bought.credit_id])  # type: ignore[list-item]
        mails = await tx.fetch("SELECT subject FROM mail WHERE recipient = $1 ORDER BY id", cast.member.email)
    assert credit.gmina_id == cast.niepolomice
    assert credit.last_day == (NOW + timedelta(days=182)).date()
    assert any("20 room hours" in row["subject"] or "Karnet 20" in row["subject"] for row in mails[1:])


async def test_told_twice_that_it_is_paid_it_is_granted_once(db: Database, cast: Cast) -> None:
    bought = await live(db, cast, await on_sale(db, cast))
    async with transaction(db) as tx:
        again = await follow(tx, bought)
    assert (again.credit_id, again.left) == (bought.credit_id, 1200)
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM credit") == 1


async def test_a_booking_that_draws_on_it_costs_nothing_is_no_aid_and_earns_its_share(db: Database, cast: Cast) -> None:
    bought = await live(db, cast, await on_sale(db, cast))
    booking = await book(db, cast, TWO_HOURS)
    assert booking.credit_id == bought.credit_id
    member = await acting(db, cast.member)
    async with statement(db) as tx:
        assert await charges_about(tx, actor=member, subject_kind=KIND, subject_id=booking.id) == []
        assert not await tx.fetchval("SELECT count(*) FROM aid_entry WHERE subject_id = $1", booking.id)
        (use,) = await uses_of(tx, bought=bought)
    assert (use.booking_id, use.amount) == (booking.id, 120)
    assert await ahead(db, cast) == (45_000, 5_000)


async def test_what_is_held_is_earned_when_it_is_confirmed(db: Database, cast: Cast) -> None:
    await live(db, cast, await on_sale(db, cast))
    held = await book(db, cast, TWO_HOURS, outright=False)
    assert await ahead(db, cast) == (50_000, 0)
    actor = await acting(db, cast.member)
    await attempt(db, lambda tx: confirm(tx, actor=actor, booking_id=held.id, now=NOW))
    assert await ahead(db, cast) == (45_000, 5_000)


async def test_called_off_in_time_it_is_there_again(db: Database, cast: Cast) -> None:
    bought = await live(db, cast, await on_sale(db, cast))
    booking = await book(db, cast, TWO_HOURS)
    actor = await acting(db, cast.member)
    await attempt(db, lambda tx: cancel(tx, actor=actor, booking_id=booking.id, now=NOW))
    assert (await as_it_is(db, bought.id)).left == 1200
    assert await ahead(db, cast) == (50_000, 0)


async def test_longer_or_moved_it_earns_what_it_draws_then(db: Database, cast: Cast) -> None:
    await live(db, cast, await on_sale(db, cast))
    booking = await book(db, cast, TWO_HOURS)
    actor = await acting(db, cast.member)
    await attempt(db, lambda tx: extend(tx, actor=actor, booking_id=booking.id, end=THREE_HOURS.end, now=NOW))
    assert await ahead(db, cast) == (42_500, 7_500)
    one_hour = tuesday("14:00", "15:00")
    await attempt(db, lambda tx: reschedule(tx, actor=actor, booking_id=booking.id, period=one_hour, now=NOW))
    assert await ahead(db, cast) == (47_500, 2_500)


async def test_all_drawn_is_all_earned_to_the_grosz(db: Database, cast: Cast) -> None:
    wish = a_pass((("commercial", 9_999), ("incubated", 1_001)), amount=420)
    listed = await on_sale(db, cast, wish, stated="gross")
    bought = await live(db, cast, listed)
    for hour in range(10, 17):
        await book(db, cast, tuesday(f"{hour}:00", f"{hour + 1}:00"))
        await ahead(db, cast)
    assert await ahead(db, cast) == (0, bought.net)


async def test_a_person_buys_for_themself_at_their_price_and_gets_no_aid(db: Database, cast: Cast) -> None:
    listed = await on_sale(db, cast)
    bought = await live(db, cast, listed, who=cast.resident, own=True)
    assert (bought.net, bought.account_id, bought.organisation_id) == (80_000, cast.resident.id, None)
    assert await aid_of(db, bought) == []
    booking = await book(db, cast, TWO_HOURS, who=cast.resident, own=True)
    assert booking.credit_id == bought.credit_id
    assert await ahead(db, cast) == (72_000, 8_000)


async def test_at_the_full_price_there_is_no_aid(db: Database, cast: Cast) -> None:
    listed, actor = await on_sale(db, cast), await acting(db, cast.member)
    async with transaction(db) as tx:
        told = {"product_id": listed.passes[0].id, "organisation_id": cast.acme, "full_price": True}
        bought = await buy_pass(tx, actor=actor, now=NOW, **told)  # type: ignore[arg-type]
    assert bought.net == 150_000
    assert await aid_of(db, bought) == []


async def test_what_costs_nothing_is_good_at_once(db: Database, cast: Cast) -> None:
    listed = await on_sale(db, cast, a_pass((("commercial", 10_000), ("incubated", 0))))
    bought = await order(db, cast, listed)
    assert (bought.state, bought.charge_id, bought.left) == (PassState.ACTIVE, None, 1200)
    await book(db, cast, TWO_HOURS)
    assert await ahead(db, cast) == (0, 0)


async def test_days_at_desks_are_drawn_by_the_day(db: Database, cast: Cast) -> None:
    wish = a_pass((("commercial", 30_000), ("incubated", 10_000)), kind="desk_days", amount=10)
    bought = await live(db, cast, await on_sale(db, cast, wish))
    async with transaction(db) as tx:
        await change(tx, cast.room_s, kind="dedicated_desk")
    booking = await book(db, cast, TWO_HOURS, space_id=cast.room_s)
    assert booking.credit_id == bought.credit_id
    assert await ahead(db, cast) == (9_000, 1_000)


async def test_only_for_oneself_and_ones_own(db: Database, cast: Cast) -> None:
    listed = await on_sale(db, cast)
    with pytest.raises(PassForOthers):
        await order(db, cast, listed, who=cast.stranger)


async def test_only_what_the_list_in_force_offers_to_who_asks(db: Database, cast: Cast) -> None:
    listed = await on_sale(db, cast, a_pass((("incubated", 100),)) if False else a_pass())
    actor = await acting(db, cast.member)
    with pytest.raises(NoSuchPass):
        await attempt(db, lambda tx: buy_pass(tx, actor=actor, product_id=listed.id, now=NOW))
    yesterday = NOW - timedelta(days=1)
    with pytest.raises(PassNotOnSale):
        await attempt(db, lambda tx: buy_pass(tx, actor=actor, product_id=listed.passes[0].id, now=yesterday))


async def test_a_ledger_that_lags_behind_is_found_and_follows(db: Database, cast: Cast) -> None:
    bought = await live(db, cast, await on_sale(db, cast))
    async with transaction(db) as tx:
        await tx.execute("UPDATE credit SET used = 60 WHERE id = $1", bought.credit_id)
        (faults,) = (await check_passes(tx, now=NOW)).values()
    assert len(faults) == 2
    async with transaction(db) as tx:
        await end_passes(tx, now=NOW)
        await draw_down(tx, credit_ids=[bought.credit_id, None], by=None, now=NOW)
    assert await ahead(db, cast) == (47_500, 2_500)
