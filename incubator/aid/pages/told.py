"""What every page of aid is told: today, how rates are written."""

from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal

from incubator.kernel.period import WARSAW
from incubator.people.forms import CheckField
from incubator.people.screen import Shown
from incubator.people.visit import Visit
from incubator.web.amounts import read_amount

RATE = 10_000


def told(visit: Visit, template: str, **values: Any) -> Shown:
    locale = visit.locale
    return Shown(
        f"aid/{template}",
        rate=lambda rate: format_decimal(Decimal(rate) / RATE, format="0.0000", locale=locale),
        today=visit.now.astimezone(WARSAW).date(),
        **values,
    )


def cents_in(text: str, name: str) -> int:
    """Some euros. Raises CheckField."""
    try:
        cents = read_amount(text)
    except ValueError:
        cents = 0
    if not cents:
        raise CheckField(name)
    return cents
