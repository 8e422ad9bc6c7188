"""Amounts of money as people read and type them: whole grosz inside, złoty with two places outside."""

import re
from decimal import Decimal

from babel.numbers import format_decimal

SPACES = str.maketrans("", "", " \u00a0\u202f")
PLAIN = re.compile(r"([0-9]{1,12})(?:[.,]([0-9]{1,2}))?")
# "1,234" is left out: in Polish it is a slip, in English a thousand.
GROUPED = re.compile(r"([0-9]{1,3}(?:,[0-9]{3}){1,3})\.([0-9]{1,2})")


def show_amount(minor: int, locale: str) -> str:
    """150000 as "1 500,00 zł" in Polish, "1,500.00 zł" in English."""
    return f"{format_decimal(Decimal(minor) / 100, format='#,##0.00', locale=locale)}\u00a0zł"


def show_typed(minor: int) -> str:
    """150000 as "1500,00", for a field to be typed in again."""
    return f"{minor // 100},{minor % 100:02}"


def read_amount(text: str) -> int | None:
    """Grosz of what was typed in złoty: "1 234,50", "1234.5", "1,234.50", "15 zł". None where it is no amount."""
    typed = text.translate(SPACES).removesuffix("zł")
    found = PLAIN.fullmatch(typed) or GROUPED.fullmatch(typed)
    if found is None:
        return None
    whole, part = found.groups()
    return int(whole.replace(",", "")) * 100 + int((part or "").ljust(2, "0"))


def show_euro(cents: int, locale: str) -> str:
    """30000000 as "300 000,00 EUR"."""
    return f"{format_decimal(Decimal(cents) / 100, format='#,##0.00', locale=locale)}\u00a0EUR"
