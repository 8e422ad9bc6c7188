"""The desk: one tariff or one extra of a draft, new or as it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, Deed, Typed
from incubator.people.guards import coordinator
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.places.catalogue_spaces import Wish, shelf
from incubator.pricing.details import MOST_RATES
from incubator.pricing.pages.desk_list import ADDRESS, one
from incubator.pricing.pages.labels import labels_in, row_labels
from incubator.pricing.pages.typed import EMPTY_RATES, extra_in, tariff_in
from incubator.pricing.remove_extra import remove_extra
from incubator.pricing.remove_tariff import remove_tariff
from incubator.pricing.set_extra import ExtraNotOnList, set_extra
from incubator.pricing.set_tariff import NoSuchTariff, set_tariff
from incubator.pricing.states import Category, Unit
from incubator.pricing.views_lists import ExtraView, PriceListView, RateView, TariffView
from incubator.web.amounts import as_typed
from incubator.web.i18n import texts_of


@dataclass(frozen=True, slots=True)
class Part:
    """A list, and what of it the page is about; None for what is to be added."""

    list: PriceListView
    tariff: TariffView | None = None
    extra: ExtraView | None = None


async def _new(tx: Tx, visit: Visit) -> Part:
    return Part(await one(tx, visit))


async def _tariff(tx: Tx, visit: Visit) -> Part:
    shown = await one(tx, visit)
    for tariff in shown.tariffs:
        if tariff.id == visit.key("tariff_id"):
            return Part(shown, tariff=tariff)
    raise NoSuchTariff()


async def _extra(tx: Tx, visit: Visit) -> Part:
    shown = await one(tx, visit)
    for extra in shown.extras:
        if extra.id == visit.key("extra_id"):
            return Part(shown, extra=extra)
    raise ExtraNotOnList()


async def _tariff_shown(tx: Tx, visit: Visit, part: Part) -> Shown:
    spaces = await shelf(tx, wish=Wish(incubator=part.list.incubator_slug))
    typed = visit.again("tariff")
    others = [one for one in part.list.tariffs if one != part.tariff]
    priced = {space.id for other in others for space in other.spaces}
    return Shown(
        "pricing/desk_tariff.html",
        labels=row_labels(texts_of(visit.request), typed, most=MOST_RATES),
        list=part.list,
        tariff=part.tariff,
        spaces=[space for space in spaces if space.id not in priced],
        elsewhere=[(other, other.spaces) for other in others if other.spaces],
        chosen={space.id for space in part.tariff.spaces} if part.tariff else set(),
        rows=_rows(part.tariff, typed),
        categories=list(Category),
        units=list(Unit),
    )


async def _extra_shown(_tx: Tx, _visit: Visit, part: Part) -> Shown:
    return Shown("pricing/desk_extra.html", list=part.list, extra=part.extra)


def _rows(tariff: TariffView | None, typed: Typed | None) -> list[Mapping[str, str]]:
    """Rows of prices as they were typed, or as they are, with empty ones to add more."""
    names = ("category", "local_only", "unit", "from_unit", "price", "market")
    if typed is not None:
        rows = [{name: typed.one(f"{name}_{n}") for name in names} for n in range(MOST_RATES)]
        return [row for row in rows if row["unit"]]
    kept: list[Mapping[str, str]] = [
        {
            "category": rate.category.value,
            "local_only": "yes" if rate.local_only else "",
            "unit": rate.unit.value,
            "from_unit": str(rate.from_unit),
            "price": as_typed(rate.price),
            "market": "" if rate.market is None else as_typed(rate.market),
        }
        for rate in (sorted(tariff.rates, key=_in_order) if tariff else [])
    ]
    empty = {**dict.fromkeys(names, ""), "category": "commercial", "unit": "hour", "from_unit": "1"}
    return [*kept, *[empty] * min(EMPTY_RATES, MOST_RATES - len(kept))]


def _in_order(rate: RateView) -> tuple[int, bool, int, int]:
    return list(Category).index(rate.category), not rate.local_only, list(Unit).index(rate.unit), rate.from_unit


async def _save_tariff(asked: Asked) -> PriceListView:
    part: Part = asked.place
    key = part.tariff.id if part.tariff else None
    wish = tariff_in(asked.typed)
    return await asked.do(set_tariff, list_id=part.list.id, tariff_id=key, wish=wish, seen=asked.typed.seen)


async def _remove_tariff(asked: Asked) -> PriceListView:
    part: Part = asked.place
    return await asked.do(remove_tariff, list_id=part.list.id, tariff_id=_key(part.tariff), seen=asked.typed.seen)


async def _save_extra(asked: Asked) -> PriceListView:
    part: Part = asked.place
    key = part.extra.id if part.extra else None
    details = extra_in(asked.typed)
    return await asked.do(set_extra, list_id=part.list.id, extra_id=key, details=details, seen=asked.typed.seen)


async def _remove_extra(asked: Asked) -> PriceListView:
    part: Part = asked.place
    return await asked.do(remove_extra, list_id=part.list.id, extra_id=_key(part.extra), seen=asked.typed.seen)


def _key(of: TariffView | ExtraView | None) -> UUID:
    assert of is not None, "this form stands on the page of one that is there"
    return of.id


def _up(shown: PriceListView) -> str:
    return f"/desk/prices/{shown.id}"


SAVE_TARIFF = {"tariff": Deed(_save_tariff, N_("The tariff is saved."), _up)}
SAVE_EXTRA = {"extra": Deed(_save_extra, N_("The extra is saved."), _up)}
REMOVE_TARIFF = {"remove": Deed(_remove_tariff, N_("The tariff is taken off the list."), _up)}
REMOVE_EXTRA = {"remove": Deed(_remove_extra, N_("The extra is taken off the list."), _up)}

handlers: list[ControllerRouterHandler] = [
    handler
    for name, below, about, shows, deeds in (
        ("new_tariff", "tariffs/new", _new, _tariff_shown, SAVE_TARIFF),
        ("tariff", "tariffs/{tariff_id:uuid}", _tariff, _tariff_shown, {**SAVE_TARIFF, **REMOVE_TARIFF}),
        ("new_extra", "extras/new", _new, _extra_shown, SAVE_EXTRA),
        ("extra", "extras/{extra_id:uuid}", _extra, _extra_shown, {**SAVE_EXTRA, **REMOVE_EXTRA}),
    )
    for handler in Screen(
        name=f"{name}_desk",
        path=f"{ADDRESS}/{below}",
        guard=coordinator,
        about=about,
        shows=shows,
        deeds=deeds,
        labels=labels_in,
    ).handlers
]
