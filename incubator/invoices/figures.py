"""Quantities, as people read them."""

from decimal import Decimal

from babel.numbers import format_decimal


def many(quantity: Decimal, locale: str) -> str:
    return format_decimal(quantity, format="#,##0.###", locale=locale)
