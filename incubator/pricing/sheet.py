"""A tariff as people read it: a row for each kind of buyer, a column for each unit."""

from dataclasses import dataclass

from incubator.pricing.quote_of import bracket
from incubator.pricing.rules import Rate
from incubator.pricing.states import Category, Unit
from incubator.pricing.views_lists import RateView, TariffView
from incubator.web.i18n import Translator


@dataclass(frozen=True, slots=True)
class Priced:
    """A price with what it is for, where a unit has several."""

    what: str
    price: int
    market: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """What one kind of buyer pays; `cells` as the sheet's units are, empty where nothing is said."""

    category: Category
    local_only: bool
    cells: list[list[Priced]]


@dataclass(frozen=True, slots=True)
class Sheet:
    units: list[Unit]
    rows: list[Row]


def sheet_of(tariff: TariffView, texts: Translator) -> Sheet:
    units = [unit for unit in Unit if any(rate.unit == unit for rate in tariff.rates)]
    buyers = {(one.category, one.local_only) for one in tariff.rates}
    order = [(category, local_only) for category in Category for local_only in (True, False)]
    rows = [
        Row(category, local_only, [_cell(tariff, category, local_only, unit, texts) for unit in units])
        for category, local_only in order
        if (category, local_only) in buyers
    ]
    return Sheet(units, rows)


def _cell(tariff: TariffView, category: Category, local_only: bool, unit: Unit, texts: Translator) -> list[Priced]:
    found = [
        _rate(one) for one in tariff.rates if (one.category, one.local_only, one.unit) == (category, local_only, unit)
    ]
    found.sort(key=lambda one: one.from_unit)
    hours = tuple(found)
    return [Priced(bracket(one, texts, hours) if len(found) > 1 else "", one.price, one.market) for one in found]


def _rate(one: RateView) -> Rate:
    return Rate(
        category=one.category,
        local_only=one.local_only,
        unit=one.unit,
        from_unit=one.from_unit,
        price=one.price,
        market=one.market,
    )
