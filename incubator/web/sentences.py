"""What a refusal says, with what it knows, in one language: on a page, to a program, or in a mail."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from incubator.kernel.errors import Refusal
from incubator.web.amounts import figure, zloty
from incubator.web.i18n import Translator
from incubator.web.pages import show_day, show_length, show_time

LENGTHS = {"max_minutes", "shortest_minutes", "longest_minutes", "lead_minutes", "left_minutes"}
MONEY = {"would_cost", "more"}
EUROS = {"aid", "granted", "ceiling"}
WORDS = {"unit"}
"""Fields of refusals that sentences tell as a length, as an amount (they are grosz), as a figure (they are euros with a
point), or as a word with a translation."""


def sentence_of(refusal: Refusal, texts: Translator, *, for_people: bool) -> str:
    """The refusal's sentence with its fields filled in."""
    told = {name: _told_as(name, value, texts, for_people=for_people) for name, value in vars(refusal).items()}
    return texts.gettext(refusal.sentence).format_map(told)


def _told_as(name: str, value: Any, texts: Translator, *, for_people: bool) -> Any:
    """A value as a sentence says it: lengths in hours, words in the reader's language, days with the name of their
    month; for people a moment as a clock on the wall says it. Programs read the value itself beside the sentence."""
    if name in LENGTHS:
        return show_length(value, texts.locale)
    if name in MONEY:
        return zloty(value, texts.locale)
    if name in EUROS:
        return figure(value, texts.locale)
    if name in WORDS:
        return texts.gettext(value)
    if isinstance(value, datetime) and for_people:
        return f"{show_day(value, texts.locale, 'short')}, {show_time(value)}"
    if isinstance(value, date) and not isinstance(value, datetime):
        return show_day(value, texts.locale, "date")
    return plain(value)


def plain(value: Any) -> Any:
    """What JSON and a sentence can hold."""
    return str(value) if isinstance(value, UUID) else msgspec.to_builtins(value)
