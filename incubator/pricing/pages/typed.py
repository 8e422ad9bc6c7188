"""What was typed on the pages of price lists, made into what verbs take."""

import re
from collections.abc import Iterator
from decimal import Decimal
from uuid import UUID

import msgspec

from incubator.people.forms import CheckField, Typed
from incubator.places.rules import minute_of
from incubator.pricing.details import (
    MOST_RATES,
    ExtraDetails,
    ListDetails,
    RateLine,
    TariffDetails,
    TariffWish,
)

CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
HOURS = re.compile(r"[0-9]{1,4}([.,][05])?")
EMPTY_RATES = 4
"""Rows of prices that a form has room for besides those that there are."""


def list_in(typed: Typed) -> ListDetails:
    return typed.shaped(ListDetails, startups_incubated=typed.one("startups_incubated") == "yes")


def extra_in(typed: Typed) -> ExtraDetails:
    price = typed.money("price")
    if price is None:
        raise CheckField("price")
    return typed.shaped(ExtraDetails, price=price, market=typed.money("market"))


def tariff_in(typed: Typed) -> TariffWish:
    """Raises CheckField."""
    details = typed.shaped(
        TariffDetails,
        half_day_minutes=_hours(typed, "half_day_hours") or 240,
        day_minutes=_hours(typed, "day_hours"),
        deposit=typed.money("deposit") or 0,
        deposit_above_minutes=_hours(typed, "deposit_hours") or 0,
        peak_weekdays=typed.many("peak_weekdays"),
        peak_from=_clock(typed, "peak_from"),
        peak_until=_clock(typed, "peak_until", midnight=1440),
    )
    try:
        return TariffWish(
            details=details,
            rates=list(rates_in(typed)),
            space_ids=msgspec.convert(typed.many("space_ids"), list[UUID], strict=False),
        )
    except msgspec.ValidationError:
        raise CheckField("space_ids") from None


def rates_in(typed: Typed) -> Iterator[RateLine]:
    """The rows that have a price. Raises CheckField."""
    for n in range(MOST_RATES):
        price = typed.money(f"price_{n}") if typed.one(f"price_{n}") else None
        if price is None:
            continue
        told = {
            name: typed.one(f"{name}_{n}") for name in ("category", "unit", "from_unit") if typed.one(f"{name}_{n}")
        }
        local_only = typed.one(f"local_only_{n}") == "yes"
        more = {"local_only": local_only, "price": price, "market": typed.money(f"market_{n}")}
        try:
            yield msgspec.convert({**told, **more}, RateLine, strict=False)
        except msgspec.ValidationError:
            raise CheckField(f"row_{n}") from None


def _hours(typed: Typed, name: str) -> int | None:
    """Whole minutes of hours such as 4 or 4.5; None for nothing. Raises CheckField."""
    text = typed.one(name)
    if not text:
        return None
    if not HOURS.fullmatch(text):
        raise CheckField(name)
    return int(Decimal(text.replace(",", ".")) * 60)


def _clock(typed: Typed, name: str, *, midnight: int = 0) -> int:
    """Minutes past midnight; `midnight` for 00:00. Raises CheckField."""
    text = typed.one(name)
    if text and not CLOCK.fullmatch(text):
        raise CheckField(name)
    return (minute_of(text) or midnight) if text else 0
