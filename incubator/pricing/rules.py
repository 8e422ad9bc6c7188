"""Who pays by which prices of a tariff, and which prices make sense together. Whole grosz, as the list states them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from incubator.kernel.errors import N_, Invalid
from incubator.kernel.money import Vat
from incubator.pricing.states import Category, Per, Unit


class PriceNotWhole(Invalid):
    """A price of an hour whose part for a begun step is no whole grosz. `price` in zł."""

    code = "price_not_whole"
    sentence = N_("{price} zł an hour cannot be charged by every begun {step} minutes: the part is no whole grosz.")

    def __init__(self, price: int, step: int) -> None:
        super().__init__()
        self.price, self.step = f"{price // 100}.{price % 100:02}", step


class BracketsBeginLate(Invalid):
    """Prices of hours that say nothing of the first one."""

    code = "brackets_begin_late"
    sentence = N_("Give a price from the first hour on, for each kind of buyer that pays by the hour.")


class BracketsOfHoursAlone(Invalid):
    """A bracket of another unit than hours."""

    code = "brackets_of_hours_alone"
    sentence = N_(
        "Only prices of hours can begin with a later one. Half days, days, months and entries have one price."
    )


class SameRateTwice(Invalid):
    """Two prices for the same buyers, unit and bracket."""

    code = "same_rate_twice"
    sentence = N_("There are two prices for the same buyers, the same unit and the same first hour. Keep one.")


class NoMarketPrice(Invalid):
    """A price beside which there is no commercial one to compare it with."""

    code = "no_market_price"
    sentence = N_("Say the market price where there is no commercial price for the same unit.")


class DayDoesNotDivide(Invalid):
    """A half day or day that is no whole number of steps, or a day that is shorter than half of it."""

    code = "day_does_not_divide"
    sentence = N_("Half a day and a day are whole numbers of steps, and a day is no shorter than half of it.")


class PeakWithoutTime(Invalid):
    """A peak that adds something but never is, or the other way round."""

    code = "peak_without_time"
    sentence = N_("A peak has days, a start before its end, and a percentage; or none of them.")


class NoBasis(Invalid):
    """Exempt from tax without saying why."""

    code = "no_basis_of_exemption"
    sentence = N_("Say on which basis it is exempt from tax.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """`price` and `market` (what it costs others) are for one unit; of hours, from the `from_unit`th of a day on."""

    category: Category
    local_only: bool = False
    unit: Unit
    from_unit: int = 1
    price: int
    market: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """See pricing/tables.py:Tariff."""

    id: UUID
    name_pl: str = ""
    name_en: str = ""
    vat: Vat = Vat.STANDARD
    basis: str = ""
    step_minutes: int = 60
    half_day_minutes: int = 240
    day_minutes: int | None = None
    deposit: int = 0
    deposit_above_minutes: int = 0
    peak_weekdays: tuple[int, ...] = ()
    peak_from: int = 0
    peak_until: int = 0
    peak_percent: int = 0
    rates: tuple[Rate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """`kind` is "person" or that of the organisation; `at_home` in the gmina of the place; `takes_part` in a
    programme now."""

    kind: str
    at_home: bool = False
    takes_part: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """See pricing/tables.py:Extra. `stated` where its list states prices in another way than the one that it is
    priced with."""

    id: UUID
    stated: str | None = None
    name_pl: str = ""
    name_en: str = ""
    per: Per = Per.BOOKING
    price: int
    market: int | None = None
    vat: Vat = Vat.STANDARD
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What one kind of buyer pays: hours by bracket, the other units by their one price."""

    hours: tuple[Rate, ...] = ()
    whole: dict[Unit, Rate] = field(default_factory=dict)

    def hour(self, step: int, step_minutes: int) -> Rate:
        """The bracket that the step falls into, counted from 0 through the hours charged in a day."""
        hour = step * step_minutes // 60 + 1
        return next((rate for rate in reversed(self.hours) if rate.from_unit <= hour), self.hours[0])


def category_of(buyer: Buyer, *, startups_incubated: bool) -> Category:
    if buyer.kind == "person":
        return Category.RESIDENT
    if buyer.kind in (Category.NGO, Category.PUBLIC):
        return Category(buyer.kind)
    if buyer.takes_part or (startups_incubated and buyer.kind == "startup"):
        return Category.INCUBATED
    return Category.COMMERCIAL


def card_of(rates: tuple[Rate, ...], *, category: Category, at_home: bool) -> tuple[Category, Card]:
    """What the buyer pays, those at home by what is for them alone where a unit has such a price; where
    nothing is said of the kind of buyer, what a commercial one pays. Nothing at all: an empty card."""
    for kind in (category, Category.COMMERCIAL):
        theirs = [one for one in rates if one.category == kind and (at_home or not one.local_only)]
        chosen: list[Rate] = []
        for unit in Unit:
            of_unit = [one for one in theirs if one.unit == unit]
            chosen += [one for one in of_unit if one.local_only] or of_unit
        if chosen:
            hours = sorted((one for one in chosen if one.unit == Unit.HOUR), key=lambda one: one.from_unit)
            return kind, Card(tuple(hours), {one.unit: one for one in chosen if one.unit != Unit.HOUR})
    return Category.COMMERCIAL, Card()


def check_tariff(tariff: Tariff) -> None:
    """Raises PriceNotWhole, BracketsBeginLate, BracketsOfHoursAlone, SameRateTwice, NoMarketPrice, DayDoesNotDivide, PeakWithoutTime, NoBasis."""
    check_basis(tariff.vat, tariff.basis)
    lengths = [tariff.half_day_minutes, tariff.day_minutes or 1440]
    if lengths != sorted(lengths) or any(one % tariff.step_minutes for one in lengths):
        raise DayDoesNotDivide()
    parts = (tariff.peak_weekdays, tariff.peak_from < tariff.peak_until, tariff.peak_percent)
    if tariff.peak_from > tariff.peak_until or (any(parts) and not all(parts)):
        raise PeakWithoutTime()
    _check_rates(tariff.rates, tariff.step_minutes)


def check_basis(vat: Vat, basis: str) -> None:
    """Raises NoBasis."""
    if vat == Vat.EXEMPT and not basis:
        raise NoBasis()


def _check_rates(rates: Sequence[Rate], step: int) -> None:
    if len({(one.category, one.local_only, one.unit, one.from_unit) for one in rates}) < len(rates):
        raise SameRateTwice()
    if any(one.from_unit > 1 and one.unit != Unit.HOUR for one in rates):
        raise BracketsOfHoursAlone()
    hourly = [one for one in rates if one.unit == Unit.HOUR]
    for price in _amounts(hourly):
        if price * step % 60:
            raise PriceNotWhole(price, step)
    buyers = {(one.category, one.local_only) for one in hourly}
    if buyers != {(one.category, one.local_only) for one in hourly if one.from_unit == 1}:
        raise BracketsBeginLate()
    compared = {one.unit for one in rates if one.category == Category.COMMERCIAL and not one.local_only}
    if any(one.market is None and one.unit not in compared for one in rates):
        raise NoMarketPrice()


def _amounts(rates: Iterable[Rate]) -> Iterable[int]:
    return (amount for one in rates for amount in (one.price, one.market) if amount is not None)
