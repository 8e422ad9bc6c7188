"""Money and quantities, as people read and type them."""

import re
from decimal import Decimal

from babel.numbers import format_decimal

from incubator.people.forms import CheckField, Typed

TYPED = re.compile(r"[0-9]{1,11}([.,][0-9]{1,2})?")


def zloty(grosz: int, locale: str) -> str:
    """-15000 as "-150,00 zł"."""
    return f"{format_decimal(Decimal(grosz) / 100, format='#,##0.00', locale=locale)}\u00a0zł"


def plain_zloty(grosz: int) -> str:
    """15000 as "150,00", for a field or a spreadsheet."""
    return f"{'-' if grosz < 0 else ''}{abs(grosz) // 100},{abs(grosz) % 100:02}"


def many(quantity: Decimal, locale: str) -> str:
    return format_decimal(quantity, format="#,##0.###", locale=locale)


def spaced(account: str) -> str:
    """The number of an account in groups of four."""
    digits = account.removeprefix("PL")
    return " ".join([digits[:2], *(digits[n : n + 4] for n in range(2, len(digits), 4))])


def grosz_typed(typed: Typed, name: str) -> int:
    """Grosz from zł such as 1 234,50. Raises CheckField."""
    text = re.sub(r"[\s\u00a0]", "", typed.one(name)).removesuffix("zł")
    if not TYPED.fullmatch(text):
        raise CheckField(name)
    return int(Decimal(text.replace(",", ".")) * 100)
