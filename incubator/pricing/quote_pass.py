"""What a pass costs who wants it today: by the list in force, for the person or one of their organisations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

import asyncpg
import msgspec

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, NotFound
from incubator.kernel.money import Amount, Vat, of_gross, of_net
from incubator.pricing.quote import BUYER
from incubator.pricing.rules import Buyer, category_of
from incubator.pricing.states import Category
from incubator.pricing.views import Quote, QuoteLine
from incubator.pricing.views_passes import PassPriceView, PassProductView


class NoSuchPass(NotFound):
    """No pass that an incubator sells or sold under this identifier."""

    code = "no_such_pass"
    sentence = N_("There is no such pass.")


class PassNotOnSale(Conflict):
    """A pass of a list that is not in force today."""

    code = "pass_not_on_sale"
    sentence = N_("This pass is not on sale today. See the price list that is in force.")


class PassNotForYou(Conflict):
    """The list has no price of it for this kind of buyer."""

    code = "pass_not_for_you"
    sentence = N_("The price list has no price of this pass for you.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OnSale:
    """A pass with the list that offers it, and where it is good."""

    product: PassProductView
    list_id: UUID
    in_force: bool
    stated: str
    startups_incubated: bool
    gmina_id: UUID
    gmina_name: str
    incubator_id: UUID
    incubator_slug: str
    incubator_name: str


ON_SALE = """
SELECT price_list.id AS list_id, price_list.stated, startups_incubated, incubator.gmina_id, gmina.name AS gmina_name,
    incubator.id AS incubator_id, incubator.slug AS incubator_slug, incubator.name AS incubator_name,
    incubator.status = 'open' AND price_list.id = (
        SELECT id FROM price_list AS one
        WHERE one.incubator_id = price_list.incubator_id AND one.state = 'published' AND one.in_force_from <= $2
        ORDER BY one.in_force_from DESC LIMIT 1
    ) AS in_force,
    (SELECT to_json(whole) FROM (SELECT pass_product.*, (
        SELECT json_agg(said ORDER BY said.category, said.local_only) FROM pass_price AS said WHERE product_id = $1
    ) AS prices) AS whole)::text AS product
FROM pass_product JOIN price_list ON price_list.id = list_id JOIN incubator ON incubator.id = incubator_id
JOIN gmina ON gmina.id = incubator.gmina_id
WHERE pass_product.id = $1 AND price_list.state = 'published'
"""


async def pass_on_sale(tx: Tx, *, product_id: UUID, today: date) -> OnSale:
    """Of a published list, whether it is in force or not. Raises NoSuchPass."""
    row: asyncpg.Record | None = await tx.fetchrow(ON_SALE, product_id, today)
    if row is None:
        raise NoSuchPass()
    told = dict(row)
    told["in_force"] = bool(row["in_force"])
    told["product"] = msgspec.json.decode(row["product"], type=PassProductView)
    return OnSale(**told)


async def quote_pass(
    tx: Tx, *, offer: OnSale, account_id: UUID, organisation_id: UUID | None, full_price: bool = False
) -> Quote:
    """For an organisation, or for the person themself; with `full_price` as for a commercial buyer. Raises PassNotOnSale, PassNotForYou."""
    if not offer.in_force:
        raise PassNotOnSale()
    if full_price:
        return quote_of_pass(offer, Buyer(kind="company"))
    row = await tx.fetchrow(BUYER, account_id, organisation_id, offer.gmina_id)
    assert row is not None, "made of one row"
    return quote_of_pass(offer, Buyer(**row))


def quote_of_pass(offer: OnSale, buyer: Buyer) -> Quote:
    """One line, without a deposit. Raises PassNotForYou."""
    category = category_of(buyer, startups_incubated=offer.startups_incubated)
    price = price_of_pass(offer.product.prices, category=category, at_home=buyer.at_home)
    others = price_of_pass(offer.product.prices, category=Category.COMMERCIAL, at_home=False)
    if price is None:
        raise PassNotForYou()
    market = price.market if price.market is not None else others.price if others else price.price
    return Quote(
        gmina_id=offer.gmina_id,
        incubator_id=offer.incubator_id,
        list_id=offer.list_id,
        category=category,
        stated=offer.stated,
        lines=(_line(offer, price.price, max(market, price.price)),),
        deposit=0,
    )


def price_of_pass(prices: Sequence[PassPriceView], *, category: Category, at_home: bool) -> PassPriceView | None:
    """What the buyer pays, those at home by what is for them alone; where nothing is said of the kind of buyer, what a
    commercial one pays."""
    for kind in (category, Category.COMMERCIAL):
        theirs = [one for one in prices if one.category == kind and (at_home or not one.local_only)]
        if theirs:
            return next((one for one in theirs if one.local_only), theirs[0])
    return None


def _line(offer: OnSale, price: int, market: int) -> QuoteLine:
    one = offer.product
    return QuoteLine(
        kind="pass",
        text_pl=one.name_pl,
        text_en=one.name_en or one.name_pl,
        quantity=Decimal(1),
        unit="piece",
        price=price,
        vat=one.vat,
        amount=_amount(price, one.vat, offer.stated),
        market=_amount(market, one.vat, offer.stated),
        basis=one.basis if one.vat == Vat.EXEMPT else "",
    )


def _amount(price: int, vat: Vat, stated: str) -> Amount:
    return of_net(price, vat) if stated == "net" else of_gross(price, vat)
