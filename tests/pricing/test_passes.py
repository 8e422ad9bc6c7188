"""Passes on a price list: said by coordinators, copied with it, fixed when it is published."""

from datetime import timedelta

import asyncpg
import pytest

from incubator.db.engine import Database, statement, transaction
from incubator.people.guards import NotYours
from incubator.pricing.details_passes import MOST_PASSES, PassPriceLine, PassWish
from incubator.pricing.draft_list import draft_list
from incubator.pricing.queries import price_list
from incubator.pricing.quote_pass import PassNotForYou, pass_on_sale, quote_pass
from incubator.pricing.reach import ListPublished
from incubator.pricing.remove_pass import remove_pass
from incubator.pricing.rules import NoBasis, NoMarketPrice, SameRateTwice
from incubator.pricing.set_pass import PassNotOnList, set_pass
from incubator.pricing.set_tariff import TooManyOnList
from incubator.pricing.states import Category
from tests.cast import Cast, acting
from tests.moments import NOW
from tests.passes.cast import a_pass, on_sale
from tests.pricing.cast import a_draft, details


async def test_a_pass_is_said_anew_and_taken_off(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        draft = await a_draft(tx, actor, cast.las)
        (made,) = (await set_pass(tx, actor=actor, list_id=draft.id, wish=a_pass(), now=NOW)).passes
        told = {"actor": actor, "list_id": draft.id, "product_id": made.id, "now": NOW}
        (anew,) = (await set_pass(tx, wish=a_pass((("commercial", 7),), amount=60), **told)).passes  # type: ignore[arg-type]
        assert (anew.id, anew.amount, [one.price for one in anew.prices]) == (made.id, 60, [7])
        assert (await remove_pass(tx, **told)).passes == []  # type: ignore[arg-type]
        with pytest.raises(PassNotOnList):
            await remove_pass(tx, **told)  # type: ignore[arg-type]


async def test_prices_of_a_pass_stand_in_the_order_of_the_price_list(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.coordinator)
    prices = (("commercial", 9), ("public", 5), ("incubated", 3), ("ngo", 4), ("resident", 2))
    async with transaction(db) as tx:
        draft = await a_draft(tx, actor, cast.las)
        (made,) = (await set_pass(tx, actor=actor, list_id=draft.id, wish=a_pass(prices), now=NOW)).passes
    assert [one.category for one in made.prices] == list(Category)


async def test_what_makes_no_sense_is_refused(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        told = {"actor": actor, "list_id": (await a_draft(tx, actor, cast.las)).id, "now": NOW}
        for wish, why in (
            (a_pass((("resident", 1),)), NoMarketPrice),
            (a_pass((("commercial", 1), ("commercial", 2))), SameRateTwice),
            (a_pass(vat="zw"), NoBasis),
        ):
            with pytest.raises(why):
                await set_pass(tx, wish=wish, **told)  # type: ignore[arg-type]
        for _turn in range(MOST_PASSES):
            await set_pass(tx, wish=a_pass(), **told)  # type: ignore[arg-type]
        with pytest.raises(TooManyOnList):
            await set_pass(tx, wish=a_pass(), **told)  # type: ignore[arg-type]


async def test_others_say_nothing_of_it(db: Database, cast: Cast) -> None:
    mine, other = await acting(db, cast.coordinator), await acting(db, cast.other_coordinator)
    async with transaction(db) as tx:
        draft = await a_draft(tx, mine, cast.las)
        with pytest.raises(NotYours):
            await set_pass(tx, actor=other, list_id=draft.id, wish=a_pass(), now=NOW)


async def test_published_it_stands_also_in_the_database_and_is_copied_to_the_next(db: Database, cast: Cast) -> None:
    listed, actor = await on_sale(db, cast), await acting(db, cast.coordinator)
    product = listed.passes[0].id
    async with transaction(db) as tx:
        with pytest.raises(ListPublished):
            await set_pass(tx, actor=actor, list_id=listed.id, product_id=product, wish=a_pass(), now=NOW)
    for change in ("UPDATE pass_product SET amount = 1", "UPDATE pass_price SET price = 1", "DELETE FROM pass_price"):
        async with statement(db) as tx:
            with pytest.raises(asyncpg.RestrictViolationError):
                await tx.execute(change)
    async with transaction(db) as tx:
        later = details(NOW.date() + timedelta(days=40))
        draft = await draft_list(tx, actor=actor, incubator_id=cast.las, details=later, copy_of=listed.id, now=NOW)
        kept = await price_list(tx, actor=None, list_id=listed.id, today=NOW.date())
    assert [one.prices for one in draft.passes] == [one.prices for one in kept.passes]
    assert draft.passes[0].id != product


async def test_who_is_not_named_pays_as_commercial_buyers_do_or_cannot_buy(db: Database, cast: Cast) -> None:
    listed = await on_sale(db, cast, a_pass((("commercial", 900),)))
    async with statement(db) as tx:
        offer = await pass_on_sale(tx, product_id=listed.passes[0].id, today=NOW.date())
        made = await quote_pass(tx, offer=offer, account_id=cast.resident.id, organisation_id=None)
    assert (made.amount.net, made.market.net) == (900, 900)


async def test_without_a_price_for_commercial_buyers_others_are_refused(db: Database, cast: Cast) -> None:
    price = PassPriceLine(category=Category.INCUBATED, price=500, market=800)
    listed = await on_sale(db, cast, PassWish(details=a_pass().details, prices=[price]))
    async with statement(db) as tx:
        offer = await pass_on_sale(tx, product_id=listed.passes[0].id, today=NOW.date())
        made = await quote_pass(tx, offer=offer, account_id=cast.member.id, organisation_id=cast.acme)
        assert (made.amount.net, made.market.net) == (500, 800)
        with pytest.raises(PassNotForYou):
            await quote_pass(tx, offer=offer, account_id=cast.resident.id, organisation_id=None)
