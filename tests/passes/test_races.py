"""What the database judges when two come at once for a pass: on real commits."""

from datetime import timedelta

from incubator.aid.grant import AidCeiling
from incubator.bookings.place import SlotTaken
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.features import HAND_OVER
from incubator.passes.buy_pass import buy_pass
from incubator.passes.give_back_pass import NothingLeftOfPass, PassBegun
from incubator.passes.lapse import PassPaid
from incubator.passes.states import PassState
from incubator.passes.views import PassView
from tests.aid.cast import granted
from tests.cast import Cast, acting
from tests.moments import NOW, tuesday
from tests.passes.cast import a_pass, ahead, aid_of, as_it_is, book, live, on_sale, order, pay_in
from tests.passes.test_ending import call_off, give_back
from tests.races import outcomes

TURNS = [tuesday(f"{hour}:00", f"{hour + 1}:00") for hour in range(9, 17)]
DUE = NOW + timedelta(days=14)


async def test_the_last_hour_of_a_pass_is_drawn_once(db: Database, cast: Cast) -> None:
    listed = await on_sale(db, cast, a_pass((("commercial", 10_000), ("incubated", 1_000)), amount=60))
    bought = await live(db, cast, listed)
    got = await outcomes(*(book(db, cast, period) for period in TURNS))
    drew = [one for one in got if isinstance(one, BookingView) and one.credit_id == bought.credit_id]
    assert len(drew) == 1 and SlotTaken not in got
    assert (await as_it_is(db, bought.id)).left == 0
    prepaid, _ = await ahead(db, cast)
    assert prepaid == 0


async def test_many_draw_at_once_and_the_ledger_has_all_of_it(db: Database, cast: Cast) -> None:
    listed = await on_sale(db, cast, a_pass((("commercial", 10_000), ("incubated", 1_001)), amount=480))
    bought = await live(db, cast, listed)
    got = await outcomes(*(book(db, cast, period) for period in TURNS))
    assert all(isinstance(one, BookingView) and one.credit_id == bought.credit_id for one in got)
    assert await ahead(db, cast) == (0, 1_001)


async def test_given_back_against_drawn_adds_up_whoever_comes_first(db: Database, cast: Cast) -> None:
    listed = await on_sale(db, cast)
    for period in TURNS[:4]:
        bought = await live(db, cast, listed)
        given, booked = await outcomes(give_back(db, cast.member, bought), book(db, cast, period))
        now = await as_it_is(db, bought.id)
        assert isinstance(booked, BookingView)
        if booked.credit_id == bought.credit_id:
            assert (given, now.state) == (PassBegun, PassState.ACTIVE)
            await give_back(db, cast.coordinator, bought)
        else:
            assert now.state == PassState.GIVEN_BACK
        assert (await ahead(db, cast))[0] == 0


async def test_given_back_many_times_at_once_it_goes_back_once(db: Database, cast: Cast) -> None:
    bought = await live(db, cast, await on_sale(db, cast))
    got = await outcomes(*(give_back(db, cast.member, bought) for _ in range(6)))
    assert got.count(NothingLeftOfPass) == 5
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT sum(amount) FROM refund") == bought.gross
    assert await ahead(db, cast) == (0, 0)


async def test_paid_against_lapsed_it_is_good_or_the_money_is_too_much(db: Database, cast: Cast) -> None:
    listed = await on_sale(db, cast)
    for _turn in range(4):
        bought = await order(db, cast, listed)
        key = bought.charge_id
        assert key is not None

        async def come(bought: PassView = bought) -> None:
            async with transaction(db) as tx:
                await pay_in(tx, bought, now=DUE)

        await outcomes(come(), HAND_OVER.tell_overdue(db, subject_id=key, now=DUE))
        await HAND_OVER.tell_paid(db, subject_id=key, now=DUE)
        found = await as_it_is(db, bought.id)
        async with statement(db) as tx:
            outstanding = await tx.fetchval("SELECT outstanding FROM charge WHERE id = $1", key)
        assert (found.state, outstanding) in {(PassState.ACTIVE, 0), (PassState.LAPSED, -bought.gross)}
        assert len(await aid_of(db, bought)) == (1 if found.state == PassState.ACTIVE else 2)
        await ahead(db, cast)


async def test_paid_against_called_off(db: Database, cast: Cast) -> None:
    bought = await order(db, cast, await on_sale(db, cast))

    async def come() -> None:
        async with transaction(db) as tx:
            await pay_in(tx, bought)

    _, said = await outcomes(come(), call_off(db, cast.member, bought))
    assert bought.charge_id is not None
    await HAND_OVER.tell_paid(db, subject_id=bought.charge_id, now=NOW)
    good = (await as_it_is(db, bought.id)).state == PassState.ACTIVE
    assert good == (said is PassPaid)
    await ahead(db, cast)


async def test_at_the_ceiling_of_aid_one_of_many_orders_goes_through(db: Database, cast: Cast) -> None:
    listed, actor = await on_sale(db, cast), await acting(db, cast.member)
    async with transaction(db) as tx:
        # 1000 zł of aid are 235.29 EUR: there is room for one.
        await granted(tx, cast, euros=299_700)

    async def buy() -> object:
        told = {"product_id": listed.passes[0].id, "organisation_id": cast.acme}
        return await attempt(db, lambda tx: buy_pass(tx, actor=actor, now=NOW, **told))  # type: ignore[arg-type]

    got = await outcomes(*(buy() for _ in range(6)))
    assert got.count(AidCeiling) == 5
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM charge") == 1
    assert await ahead(db, cast) == (50_000, 0)
