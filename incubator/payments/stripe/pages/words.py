"""Money as people read it."""

from collections.abc import Callable
from decimal import Decimal

from babel.numbers import format_currency


def zlotys(locale: str) -> Callable[[int], str]:
    """Grosz as złoty, in the reader's language."""
    return lambda grosz: format_currency(Decimal(grosz) / 100, "PLN", locale=locale)
