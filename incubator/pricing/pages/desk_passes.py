"""The desk: one pass of a draft, new or as it is."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, CheckField, Deed, Typed
from incubator.people.guards import coordinator
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.pricing.details_passes import MOST_PASS_PRICES, PassDetails, PassPriceLine, PassWish
from incubator.pricing.pages.desk_list import ADDRESS, one
from incubator.pricing.pages.labels import labels_in, row_labels
from incubator.pricing.remove_pass import remove_pass
from incubator.pricing.set_pass import PassNotOnList, set_pass
from incubator.pricing.states import Category
from incubator.pricing.views_lists import PriceListView
from incubator.pricing.views_passes import PassProductView
from incubator.web.amounts import as_typed
from incubator.web.i18n import texts_of

EMPTY = 4
"""Rows of prices that the form has room for besides those that there are."""


@dataclass(frozen=True, slots=True)
class Part:
    """A list, and the pass that the page is about; None for what is to be added."""

    list: PriceListView
    product: PassProductView | None = None


async def _new(tx: Tx, visit: Visit) -> Part:
    return Part(await one(tx, visit))


async def _pass(tx: Tx, visit: Visit) -> Part:
    shown = await one(tx, visit)
    for product in shown.passes:
        if product.id == visit.key("product_id"):
            return Part(shown, product)
    raise PassNotOnList()


async def _shown(_tx: Tx, visit: Visit, part: Part) -> Shown:
    typed = visit.again("pass")
    return Shown(
        "pricing/desk_pass.html",
        labels=row_labels(texts_of(visit.request), typed, most=MOST_PASS_PRICES),
        list=part.list,
        product=part.product,
        rows=_rows(part.product, typed),
        categories=list(Category),
    )


def _rows(product: PassProductView | None, typed: Typed | None) -> list[Mapping[str, str]]:
    """Rows of prices as they were typed, or as they are, with empty ones to add more."""
    names = ("category", "local_only", "price", "market")
    if typed is not None:
        rows = [{name: typed.one(f"{name}_{n}") for name in names} for n in range(MOST_PASS_PRICES)]
        return [row for row in rows if row["category"]]
    kept: list[Mapping[str, str]] = [
        {
            "category": price.category.value,
            "local_only": "yes" if price.local_only else "",
            "price": as_typed(price.price),
            "market": "" if price.market is None else as_typed(price.market),
        }
        for price in (product.prices if product else [])
    ]
    empty = {**dict.fromkeys(names, ""), "category": "commercial"}
    return [*kept, *[empty] * min(EMPTY, MOST_PASS_PRICES - len(kept))]


def pass_in(typed: Typed) -> PassWish:
    """Raises CheckField."""
    number, hourly = typed.one("amount"), typed.one("kind") == "room_minutes"
    if not (number.isascii() and number.isdigit() and 0 < len(number) < 7):
        raise CheckField("amount")
    amount = int(number) * (60 if hourly else 1)
    details = typed.shaped(PassDetails, amount=amount)
    prices = [one for n in range(MOST_PASS_PRICES) if (one := _price(typed, n)) is not None]
    if not prices:
        raise CheckField("rates")
    return PassWish(details=details, prices=prices)


def _price(typed: Typed, n: int) -> PassPriceLine | None:
    """A row; None where it has no price. Raises CheckField."""
    price, market = typed.money(f"price_{n}"), typed.money(f"market_{n}")
    if price is None:
        return None
    local_only = typed.one(f"local_only_{n}") == "yes"
    told = {"category": typed.one(f"category_{n}"), "local_only": local_only, "price": price}
    try:
        return msgspec.convert({**told, "market": market}, PassPriceLine, strict=False)
    except msgspec.ValidationError:
        raise CheckField(f"row_{n}") from None


async def _save(asked: Asked) -> PriceListView:
    part: Part = asked.place
    key, wish = part.product.id if part.product else None, pass_in(asked.typed)
    return await asked.do(set_pass, list_id=part.list.id, product_id=key, wish=wish, seen=asked.typed.seen)


async def _remove(asked: Asked) -> PriceListView:
    part: Part = asked.place
    assert part.product is not None, "this form stands on the page of one that is there"
    return await asked.do(remove_pass, list_id=part.list.id, product_id=part.product.id, seen=asked.typed.seen)


def _up(shown: PriceListView) -> str:
    return f"/desk/prices/{shown.id}#passes"


SAVE = {"pass": Deed(_save, N_("The pass is saved."), _up)}
REMOVE = {"remove": Deed(_remove, N_("The pass is taken off the list."), _up)}

handlers: list[ControllerRouterHandler] = [
    handler
    for name, below, about, deeds in (
        ("new_pass", "passes/new", _new, SAVE),
        ("pass_on_list", "passes/{product_id:uuid}", _pass, {**SAVE, **REMOVE}),
    )
    for handler in Screen(
        name=f"{name}_desk",
        path=f"{ADDRESS}/{below}",
        guard=coordinator,
        about=about,
        shows=_shown,
        deeds=deeds,
        labels=labels_in,
    ).handlers
]
