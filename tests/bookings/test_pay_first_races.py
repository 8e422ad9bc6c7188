"""Money, the clock and others who want the time, all at once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from litestar import Litestar

from incubator.aid.grant import AidCeiling, DeclarationNeeded
from incubator.bookings.cancel import cancel
from incubator.bookings.expire import expire_overdue
from incubator.bookings.place import SlotTaken
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.features import LISTENERS
from incubator.kernel.errors import Refusal
from incubator.payments.match_payment import record_transfer
from incubator.payments.pay_online import NothingToPay, TooLateToPay, pay_online
from tests.bookings.paying import PRICE, Stands, Story, at, book, pays_first, work
from tests.bookings.test_pay_first import AID, CALLED_OFF, GIVEN_UP
from tests.bookings.test_series import give_quota
from tests.cast import Cast, acting
from tests.moments import NOW
from tests.payments.stripe.shop import Shop, open_shop
from tests.races import outcomes

OVER = NOW + timedelta(days=3)


@pytest.fixture
async def shop(db: Database, cast: Cast) -> AsyncIterator[Shop]:
    async with open_shop(db, cast, listeners=LISTENERS) as made:
        await pays_first(db, cast)
        yield made


@pytest.fixture
def house(shop: Shop, app: Litestar, visit: Callable[..., httpx.AsyncClient]) -> httpx.AsyncClient:
    app.state.till = shop.till
    return visit()


async def told(shop: Shop, house: httpx.AsyncClient, hour: int) -> Story:
    cast = shop.cast
    return Story(shop, house, await book(shop.db, cast, cast.member, now=NOW, period=at(hour)))


async def transfer(story: Story, now: Any, amount: int = PRICE // 2) -> None:
    desk, charge_id = await acting(story.db, story.shop.cast.coordinator), await story.charge()
    given = {"actor": desk, "charge_id": charge_id, "amount": amount, "received_on": NOW.date()}
    await attempt(story.db, lambda tx: record_transfer(tx, **given, reference="", seen=None, now=now))


async def overdue(db: Database) -> None:
    await attempt(db, lambda tx: expire_overdue(tx, now=OVER))


async def test_money_against_the_clock(shop: Shop, house: httpx.AsyncClient) -> None:
    """Whoever is first, it is firm in the end: for its time is free still."""
    stories = [await told(shop, house, hour) for hour in range(8, 14)]
    shop.now = OVER
    await asyncio.gather(*(transfer(one, OVER) for one in stories), *(overdue(shop.db) for _ in range(4)))
    await work(shop)
    half = Stands(booking="confirmed", charge="paid", kept=PRICE // 2, aid=AID // 2)
    assert [await one.stands() for one in stories] == [half] * 6


async def test_money_against_who_calls_it_off(shop: Shop, house: httpx.AsyncClient) -> None:
    """It is called off either way, and nobody keeps the money."""
    stories = [await told(shop, house, hour) for hour in range(8, 14)]
    actor = await acting(shop.db, shop.cast.member)

    async def off(one: Story) -> None:
        await attempt(shop.db, lambda tx: cancel(tx, actor=actor, booking_id=one.booking.id, now=NOW))

    await asyncio.gather(*(transfer(one, NOW) for one in stories), *(off(one) for one in stories), work(shop))
    await work(shop)
    assert [await one.stands() for one in stories] == [CALLED_OFF] * 6


async def test_money_against_another_who_books_the_time_that_is_over(shop: Shop, house: httpx.AsyncClient) -> None:
    """One of them has it, and who has it not has nothing to pay."""
    stories = [await told(shop, house, hour) for hour in range(8, 14)]
    shop.now, cast = OVER, shop.cast

    async def another(one: Story) -> object:
        period = one.booking.period
        return await book(shop.db, cast, cast.coordinator, own=True, now=OVER, period=period)

    got = await outcomes(*(transfer(one, OVER) for one in stories), *(another(one) for one in stories), work(shop))
    await work(shop)
    taken = [outcome is not SlotTaken for outcome in got[6:12]]
    for one, gone in zip(stories, taken, strict=True):
        stands = await one.stands()
        assert (stands.booking, stands.kept) == (("expired", 0) if gone else ("confirmed", PRICE // 2))


async def test_of_two_given_up_bookings_of_one_hour_one_is_had_and_the_other_gets_its_money_back(
    shop: Shop, house: httpx.AsyncClient
) -> None:
    pairs = []
    for hour in range(8, 13):
        first = await told(shop, house, hour)
        await overdue(shop.db)
        pairs.append((first, await told(shop, house, hour)))
        await overdue(shop.db)
    shop.now = OVER
    await asyncio.gather(*(transfer(one, OVER) for pair in pairs for one in pair))
    await asyncio.gather(work(shop), work(shop), work(shop))
    for pair in pairs:
        ends = {(stands.booking, stands.kept) for stands in [await one.stands() for one in pair]}
        assert ends == {("confirmed", PRICE // 2), ("expired", 0)}


async def test_nobody_begins_to_pay_once_its_time_is_over(shop: Shop, house: httpx.AsyncClient) -> None:
    """Who began in time goes on; who comes later is told so, before it is given up and afterwards."""
    first, second = await told(shop, house, 8), await told(shop, house, 9)
    shop.now = OVER - timedelta(minutes=1)
    await first.opens()
    async with statement(shop.db) as tx:
        until = await tx.fetchval("SELECT hold_expires_at FROM booking WHERE id = $1", first.booking.id)
    assert until == OVER + timedelta(minutes=35), "no longer than the shortest checkout, and a little"
    shop.now = OVER
    await first.opens()
    with pytest.raises(TooLateToPay):
        await second.opens()
    await overdue(shop.db)
    with pytest.raises(NothingToPay):
        await second.opens()
    await first.pays()
    await first.hears()
    assert (await first.stands()).booking == "confirmed"
    assert await second.stands() == GIVEN_UP


async def test_who_begins_to_pay_while_it_is_given_up_has_it_or_is_told(shop: Shop, house: httpx.AsyncClient) -> None:
    stories = [await told(shop, house, hour) for hour in range(8, 14)]
    actor = await acting(shop.db, shop.cast.member)
    last = OVER - timedelta(seconds=1)

    async def begin(charge_id: UUID) -> str:
        given = {"till": shop.till, "actor": actor, "charge_id": charge_id, "locale": "pl", "now": last}
        try:
            await attempt(shop.db, lambda tx: pay_online(tx, **given))
        except Refusal as refusal:
            return refusal.code
        return "begun"

    charges = [await one.charge() for one in stories]
    codes = await asyncio.gather(*(begin(key) for key in charges), *(overdue(shop.db) for _ in range(3)))
    async with statement(shop.db) as tx:
        for one, code in zip(stories, codes, strict=False):
            state = await tx.fetchval("SELECT state FROM booking WHERE id = $1", one.booking.id)
            assert (state, code) in {("awaiting_payment", "begun"), ("expired", "nothing_to_pay")}


async def given_up(shop: Shop, house: httpx.AsyncClient) -> Story:
    story = await told(shop, house, 10)
    await story.its_time_is_over()
    return story


async def test_who_has_left_gets_the_money_back(shop: Shop, house: httpx.AsyncClient, cast: Cast) -> None:
    story = await given_up(shop, house)
    async with transaction(shop.db) as tx:
        await tx.execute("UPDATE organisation SET closed_at = $2 WHERE id = $1", cast.acme, shop.now)
    await transfer(story, shop.now)
    await work(shop)
    assert await story.stands() == GIVEN_UP


@pytest.mark.parametrize("missing", [AidCeiling, DeclarationNeeded])
async def test_what_would_be_too_much_aid_by_now_is_not_had_again(
    shop: Shop, house: httpx.AsyncClient, cast: Cast, missing: type[Refusal]
) -> None:
    story = await given_up(shop, house)
    async with transaction(shop.db) as tx:
        if missing is DeclarationNeeded:
            await tx.execute("DELETE FROM aid_declaration")
        else:
            await tx.execute(
                "INSERT INTO aid_elsewhere (organisation_id, granted_on, provider, amount_cents, entered_by, entered_at)"
                " VALUES ($1, $2, 'PARP', 29999000, $3, $4)",
                cast.acme,
                NOW.date(),
                cast.owner.id,
                NOW,
            )
    await transfer(story, shop.now)
    await work(shop)
    assert await story.stands() == GIVEN_UP


async def test_what_it_drew_from_the_quota_is_drawn_again(
    shop: Shop, house: httpx.AsyncClient, db: Database, cast: Cast
) -> None:
    await give_quota(db, cast, minutes=60)
    story = await given_up(shop, house)
    await transfer(story, shop.now)
    await work(shop)
    assert (await story.stands()).booking == "confirmed"
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT sum(minutes) FROM quota_use") == 60


async def test_where_the_quota_is_spent_by_now_the_money_goes_back(
    shop: Shop, house: httpx.AsyncClient, db: Database, cast: Cast
) -> None:
    await give_quota(db, cast, minutes=60)
    story = await given_up(shop, house)
    await book(db, cast, cast.member, now=shop.now, period=at(15))
    await transfer(story, shop.now)
    await work(shop)
    assert await story.stands() == GIVEN_UP


async def test_a_deposit_is_taken_up_again_and_returned_with_the_rest_when_called_off_then(
    db: Database, cast: Cast, app: Litestar, visit: Callable[..., httpx.AsyncClient]
) -> None:
    async with open_shop(db, cast, listeners=LISTENERS) as shop:
        app.state.till = shop.till
        await pays_first(db, cast, deposit=50_000)
        story = await given_up(shop, visit())
        whole = PRICE // 2 + 50_000
        await transfer(story, shop.now, whole)
        await work(shop)
        assert await story.stands() == Stands(booking="confirmed", charge="paid", kept=whole, aid=AID // 2)
        await story.is_called_off()
        assert await story.stands() == CALLED_OFF
