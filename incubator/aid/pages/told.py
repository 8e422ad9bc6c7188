"""What every page of aid is told: how amounts are written, what the fields are called."""

from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal

from incubator.kernel.period import WARSAW
from incubator.people.forms import CheckField, Typed
from incubator.people.screen import Shown
from incubator.people.visit import Visit
from incubator.web.amounts import euro, read_amount, zloty

RATE = 10_000


def told(visit: Visit, template: str, **values: Any) -> Shown:
    locale = visit.locale
    return Shown(
        f"aid/{template}",
        euro=lambda cents: euro(cents, locale),
        zloty=lambda grosz: zloty(grosz, locale),
        rate=lambda rate: format_decimal(Decimal(rate) / RATE, format="0.0000", locale=locale),
        today=visit.now.astimezone(WARSAW).date(),
        **values,
    )


def cents_typed(typed: Typed, name: str) -> int:
    """Raises CheckField."""
    return cents_in(typed.one(name), name)


def cents_in(text: str, name: str) -> int:
    """Raises CheckField."""
    try:
        return read_amount(text)
    except ValueError:
        raise CheckField(name) from None
