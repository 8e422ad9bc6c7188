"""Quantities and accounts, as people read them."""

from decimal import Decimal

from babel.numbers import format_decimal


def many(quantity: Decimal, locale: str) -> str:
    return format_decimal(quantity, format="#,##0.###", locale=locale)


def spaced(account: str) -> str:
    """The number of an account in groups of four."""
    digits = account.removeprefix("PL")
    return " ".join([digits[:2], *(digits[n : n + 4] for n in range(2, len(digits), 4))])
