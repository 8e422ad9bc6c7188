"""Money as people read and type it. Inside, amounts are whole grosz and cents."""

import re
from decimal import Decimal

from babel.numbers import format_decimal

TYPED = re.compile(r"[0-9]{1,11}([.,][0-9]{1,2})?")
SPACES = re.compile(r"[ \u00a0\u202f]")


def zloty(grosz: int, locale: str) -> str:
    """123450 as "1 234,50 zł", in English "1,234.50 zł"."""
    return f"{_decimal(grosz, locale)}\u00a0zł"


def euro(cents: int, locale: str) -> str:
    """30000000 as "300 000,00 EUR", in English "300,000.00 EUR"."""
    return f"{_decimal(cents, locale)}\u00a0EUR"


def figure(amount: str, locale: str) -> str:
    """ "299990.00", as programs are told it, as "299 990,00"."""
    return str(format_decimal(Decimal(amount), format="#,##0.00", locale=locale))


def as_typed(minor: int) -> str:
    """15000 as "150,00", for a field to be typed in again, and for tables."""
    return f"{'-' if minor < 0 else ''}{abs(minor) // 100},{abs(minor) % 100:02}"


def read_amount(text: str) -> int:
    """Grosz or cents from "1 234,50 zł", "150" or "149.5". Raises ValueError."""
    bare = SPACES.sub("", text).removesuffix("zł")
    if not TYPED.fullmatch(bare):
        raise ValueError(text)
    return int(Decimal(bare.replace(",", ".")) * 100)


def _decimal(minor: int, locale: str) -> str:
    return str(format_decimal(Decimal(minor) / 100, format="#,##0.00", locale=locale))
