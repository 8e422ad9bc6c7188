"""Hours of a mentor as forms have them: rows of fields `weekday_0`, `opens_0`, `closes_0`, `where_0`,
`online_0`, `for_0` … A row without times says nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from incubator.mentoring.hours_rules import Hours
from incubator.mentoring.mentor_views import WeekView
from incubator.people.forms import CheckField, Typed
from incubator.places.rules import MOST_STRETCHES, minute_of

TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")
ONLINE = "online"
SPARE = 3
"""Empty rows to add to the week."""


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row as the form shows it. `where` is an incubator's identifier or "online"."""

    weekday: str = "1"
    opens: str = ""
    closes: str = ""
    where: str = ONLINE
    online: bool = False
    audience: str = "everyone"


def hours_typed(typed: Typed, *, dated: bool = False) -> list[Hours]:
    """The rows that have times; their weekday is 0 where they are of one date. Raises CheckField."""
    return list(_typed(typed, dated))


def rows_kept(hours: list[WeekView]) -> list[FormRow]:
    """What is kept, and empty rows to add more."""
    return [_kept(one) for one in hours][:MOST_STRETCHES] + [FormRow()] * SPARE


def rows_typed(typed: Typed) -> list[FormRow]:
    """What was typed, to be shown again."""
    return [
        FormRow(
            typed.one(f"weekday_{n}", "1"),
            typed.one(f"opens_{n}"),
            typed.one(f"closes_{n}"),
            typed.one(f"where_{n}", ONLINE),
            typed.one(f"online_{n}") == "yes",
            typed.one(f"for_{n}", "everyone"),
        )
        for n in range(MOST_STRETCHES + SPARE)
        if f"opens_{n}" in typed.fields
    ]


def _typed(typed: Typed, dated: bool) -> Iterator[Hours]:
    for n in range(MOST_STRETCHES + SPARE):
        opens, closes = typed.one(f"opens_{n}"), typed.one(f"closes_{n}")
        if not opens and not closes:
            continue
        for name, given in (("opens", opens), ("closes", closes)):
            if not TIME.fullmatch(given):
                raise CheckField(name)
        where, whom = typed.one(f"where_{n}", ONLINE), typed.one(f"for_{n}", "everyone")
        plain = whom in {"everyone", "organisations"}
        yield Hours(
            weekday=0 if dated else _weekday(typed.one(f"weekday_{n}")),
            opens=minute_of(opens),
            # A browser's time field knows no 24:00; ending at midnight is written 00:00.
            closes=minute_of(closes) or 1440,
            incubator_id=None if where == ONLINE else _key(where, "where"),
            online=where == ONLINE or typed.one(f"online_{n}") == "yes",
            audience=whom if plain else "programme",
            programme_id=None if plain else _key(whom, "for"),
        )


def _kept(one: WeekView) -> FormRow:
    return FormRow(
        weekday=str(one.weekday),
        opens=one.opens,
        closes=one.closes.replace("24:00", "00:00"),
        where=str(one.incubator_id) if one.incubator_id else ONLINE,
        online=one.online and one.incubator_id is not None,
        audience=str(one.programme_id) if one.audience == "programme" else one.audience,
    )


def _weekday(given: str) -> int:
    if given not in {"1", "2", "3", "4", "5", "6", "7"}:
        raise CheckField("weekday")
    return int(given)


def _key(given: str, name: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        raise CheckField(name) from None
