"""How the price lists of the demonstration are said."""

from dataclasses import dataclass, field
from typing import Literal

from incubator.pricing.details import ExtraDetails, RateLine, StepLine, TariffDetails
from incubator.pricing.details_passes import PassPriceLine, PassWish
from incubator.pricing.states import Category, PaysFirst, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A tariff for the places of a venue that are called so; with a dash at the end, whose names begin so."""

    places: tuple[str, ...]
    details: TariffDetails
    rates: tuple[RateLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """A list that an act adopted: `days` from today until it counts, less than none for one in force."""

    venue: str
    days: int
    name_pl: str
    name_en: str
    act: str
    stated: Literal["net", "gross"] = "gross"
    startups_incubated: bool = False
    pays_first: PaysFirst = PaysFirst.NOBODY
    due_days: int = 14
    tariffs: tuple[Asked, ...]
    extras: tuple[ExtraDetails, ...] = field(default=())
    steps: tuple[StepLine, ...] = field(default=())
    passes: tuple[PassWish, ...] = field(default=())


def hour(category: str, zloty: int, *, local: bool = False, from_hour: int = 1) -> RateLine:
    return _rate(category, Unit.HOUR, zloty, local=local, from_unit=from_hour)


def whole(unit: str, category: str, zloty: int, *, local: bool = False) -> RateLine:
    return _rate(category, Unit(unit), zloty, local=local)


def _rate(category: str, unit: Unit, zloty: int, *, local: bool, from_unit: int = 1) -> RateLine:
    return RateLine(category=Category(category), local_only=local, unit=unit, from_unit=from_unit, price=zloty * 100)


def price(category: str, zloty: int, *, local: bool = False) -> PassPriceLine:
    return PassPriceLine(category=Category(category), local_only=local, price=zloty * 100)
