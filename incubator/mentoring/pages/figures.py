"""Hours, money and languages, as people read and type them."""

import re
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.lists import format_list

from incubator.kernel.errors import N_
from incubator.mentoring.details import LANGUAGES
from incubator.people.forms import CheckField, Typed
from incubator.web.amounts import read_amount
from incubator.web.i18n import translator

DECIMAL = re.compile(r"[0-9]{1,6}([.,][0-9]{1,2})?")


def worked(minutes: int, locale: str) -> str:
    """Working time: never days, for a day of work is not 24 hours."""
    texts, (hours, rest) = translator(locale), divmod(minutes, 60)
    if not hours and rest:
        return texts.gettext("{n} min").format(n=rest)
    return texts.gettext(N_("{h} h {m} min") if rest else N_("{n} h")).format(n=hours, h=hours, m=rest)


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


def money_typed(typed: Typed, name: str) -> int:
    """Grosz from zł such as 150 or 149,50; nothing is 0. Raises CheckField."""
    text = typed.one(name)
    try:
        return read_amount(text) if text else 0
    except ValueError:
        raise CheckField(name) from None
