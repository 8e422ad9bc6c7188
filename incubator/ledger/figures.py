"""Grosz as people read and type them."""

import re
from decimal import Decimal

from babel.numbers import format_decimal

from incubator.people.forms import CheckField, Typed

TYPED = re.compile(r"[0-9]{1,9}([.,][0-9]{1,2})?")
SPACES = str.maketrans("", "", " \u00a0\u202f")


def zlotys(grosz: int, locale: str) -> str:
    """150000 as "1 500,00 zł"."""
    return f"{format_decimal(Decimal(grosz) / 100, format='#,##0.00', locale=locale)}\u00a0zł"


def plain(grosz: int) -> str:
    """150000 as "1500,00", for a field to be typed in again and for tables."""
    whole, rest = divmod(abs(grosz), 100)
    return f"{'-' if grosz < 0 else ''}{whole},{rest:02}"


def grosz_typed(typed: Typed, name: str, *, otherwise: int | None = None) -> int:
    """Grosz from zł such as 1 500 or 149,50; `otherwise` where nothing was typed. Raises CheckField."""
    text = typed.one(name).translate(SPACES).removesuffix("zł")
    if not text and otherwise is not None:
        return otherwise
    if not TYPED.fullmatch(text):
        raise CheckField(name)
    return int(Decimal(text.replace(",", ".")) * 100)
