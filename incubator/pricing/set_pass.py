"""Say what a pass is and costs by a draft: a new one, or one anew."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.kernel.ids import uuid7
from incubator.kernel.period import WARSAW
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.reach import count_on
from incubator.places.saving import insert
from incubator.pricing.details_passes import MOST_PASSES, PassPriceLine, PassWish
from incubator.pricing.queries import price_list
from incubator.pricing.reach import list_to_change
from incubator.pricing.rules import NoMarketPrice, SameRateTwice, check_basis
from incubator.pricing.set_tariff import TooManyOnList
from incubator.pricing.states import Category
from incubator.pricing.views_lists import PriceListView


class PassNotOnList(NotFound):
    """No pass of this list has this identifier."""

    code = "pass_not_on_list"
    sentence = N_("There is no such pass on this price list.")


PRICE = "INSERT INTO pass_price (product_id, category, local_only, price, market) VALUES ($1, $2, $3, $4, $5)"


async def set_pass(
    tx: Tx,
    *,
    actor: Actor,
    list_id: UUID,
    product_id: UUID | None = None,
    wish: PassWish,
    seen: int | None = None,
    now: datetime,
) -> PriceListView:
    """Raises NoSuchPriceList, NotYours, ListPublished, ChangedMeanwhile, PassNotOnList, TooManyOnList, NoBasis,
    SameRateTwice, NoMarketPrice."""
    row = await list_to_change(tx, actor=actor, list_id=list_id, seen=seen)
    check_basis(wish.details.vat, wish.details.basis)
    _check_prices(wish.prices)
    if product_id is not None:
        await take_pass_out(tx, list_id=list_id, product_id=product_id)
    elif await tx.fetchval("SELECT count(*) FROM pass_product WHERE list_id = $1", list_id) >= MOST_PASSES:
        raise TooManyOnList(MOST_PASSES)
    made = await insert(tx, "pass_product", wish.details, id=product_id or uuid7(), list_id=list_id)
    await tx.executemany(PRICE, [(made, *msgspec.structs.astuple(one)) for one in wish.prices])
    await count_on(tx, "price_list", list_id)
    of, after = ("price_list", list_id), {"product_id": made, "details": wish.details, "prices": wish.prices}
    await tell(tx, actor, now, "set_pass", of=of, gmina_id=row["gmina_id"], after=after)
    return await price_list(tx, actor=actor, list_id=list_id, today=now.astimezone(WARSAW).date())


async def take_pass_out(tx: Tx, *, list_id: UUID, product_id: UUID) -> None:
    """With its prices. Raises PassNotOnList."""
    if await tx.execute("DELETE FROM pass_product WHERE id = $1 AND list_id = $2", product_id, list_id) == "DELETE 0":
        raise PassNotOnList()


def _check_prices(prices: Sequence[PassPriceLine]) -> None:
    if len({(one.category, one.local_only) for one in prices}) < len(prices):
        raise SameRateTwice()
    compared = any(one.category == Category.COMMERCIAL and not one.local_only for one in prices)
    if not compared and any(one.market is None for one in prices):
        raise NoMarketPrice()
