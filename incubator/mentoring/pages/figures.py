"""Hours and languages, as people read and type them."""

import re
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.lists import format_list

from incubator.mentoring.details import LANGUAGES
from incubator.people.forms import CheckField, Typed
from incubator.web.i18n import translator

DECIMAL = re.compile(r"[0-9]{1,6}([.,][0-9]{1,2})?")


@cache
def language_names(locale: str) -> dict[str, str]:
    """By code, those of the interface first, the rest by name."""
    named = Locale.parse(locale).languages
    first = ("pl", "en", "uk")
    rest = sorted((code for code in LANGUAGES if code not in first), key=lambda code: named.get(code, code))
    return {code: named.get(code, code) for code in (*first, *rest)}


def either(lengths: list[int], locale: str) -> str:
    """30 and 60 as "30 or 60 min"."""
    return (
        translator(locale).gettext("{n} min").format(n=format_list([str(one) for one in lengths], "or", locale=locale))
    )


def as_hours(minutes: int | None) -> str:
    """Minutes as hours with a decimal comma, for a field to be typed in again."""
    if minutes is None:
        return ""
    return f"{Decimal(minutes) / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def minutes_typed(typed: Typed, name: str) -> int | None:
    """Whole minutes from hours such as 2,5; None for nothing. Raises CheckField."""
    text = typed.one(name)
    if not text:
        return None
    if not DECIMAL.fullmatch(text):
        raise CheckField(name)
    return round(Decimal(text.replace(",", ".")) * 60)
