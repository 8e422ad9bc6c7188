"""What was typed of a session, made into what the verbs take: days and times on the clock in Warsaw."""

import re
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from incubator.exchanges.details import (
    QuestionLine,
    SessionDetails,
    StallLine,
    When,
    Where,
)
from incubator.kernel.period import local_moment
from incubator.people.forms import CheckField, Typed

S = TypeVar("S", bound=msgspec.Struct)
CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
MOMENTS = ("opens_at", "closes_at", "decide_at", "priority_until")
TICKS = ("draws_seats", "checks_out")
MOST_ROWS = 20
EMPTY_ROWS = 2
QUESTION = ("text_pl", "text_en", "choices_pl", "choices_en", "kind", "required")


def details_in(typed: Typed) -> SessionDetails:
    """Raises CheckField."""
    given: dict[str, Any] = {name: moment_in(typed, f"{name}_day", f"{name}_time") for name in MOMENTS}
    given |= {name: bool(typed.one(name)) for name in TICKS}
    given["topics"] = [one.strip() for one in typed.one("topics").split(",") if one.strip()]
    edition = typed.one("edition_id") or None
    given["edition_id"] = edition
    given["priority_edition_id"] = edition if typed.one("priority_for") == "edition" else None
    return typed.shaped(SessionDetails, **given)


def when_in(typed: Typed) -> When:
    """Raises CheckField."""
    day = day_in(typed, "day")
    last = day_in(typed, "last_day") if typed.one("last_day") else day
    start, end = _moment(typed, day, "starts"), _moment(typed, last, "ends")
    return When(start=start, end=end)


def where_in(typed: Typed) -> Where:
    """A field that its mode does not have is left aside: no script hides it. Raises CheckField."""
    mode = typed.one("mode")
    left: dict[str, Any] = {}
    if mode in ("elsewhere", "online"):
        left["space_id"] = None
    if mode in ("room", "elsewhere"):
        left["online_url"] = ""
    if mode in ("room", "online"):
        left["place"] = ""
    return typed.shaped(Where, **left)


def capacity_in(typed: Typed) -> int | None:
    """Empty: no limit. Raises CheckField."""
    number = typed.one("capacity")
    if not number:
        return None
    if not re.fullmatch(r"[1-9][0-9]{0,4}", number):
        raise CheckField("capacity")
    return int(number)


def moment_in(typed: Typed, day: str, time: str) -> datetime | None:
    """None where neither is filled in. Raises CheckField."""
    if not typed.one(day) and not typed.one(time):
        return None
    return _moment(typed, day_in(typed, day), time)


def day_in(typed: Typed, name: str) -> date:
    """Raises CheckField."""
    try:
        day = date.fromisoformat(typed.one(name))
    except ValueError:
        raise CheckField(name) from None
    if not 2000 <= day.year < 2199:
        raise CheckField(name)
    return day


def key_in(typed: Typed, name: str) -> UUID:
    """Raises CheckField."""
    try:
        return UUID(typed.one(name))
    except ValueError:
        raise CheckField(name) from None


def stalls_in(typed: Typed) -> list[StallLine]:
    """One on each line: number | about it in Polish | in English. Raises CheckField."""
    lines = [[part.strip() for part in line.split("|")] for line in typed.lines("stalls")]
    return _lines(lines, ("number", "about_pl", "about_en"), StallLine, "stalls")


def questions_in(typed: Typed) -> list[QuestionLine]:
    """Rows that are left empty are none. Raises CheckField."""
    rows = [row for row in question_rows(typed) if row.one("text_pl") or row.one("text_en")]
    return [
        row.shaped(
            QuestionLine,
            choices_pl=_parts(row.one("choices_pl")),
            choices_en=_parts(row.one("choices_en")),
            required=bool(row.one("required")),
        )
        for row in rows
    ]


def question_rows(typed: Typed) -> list[Typed]:
    """The rows of the form as they were typed."""
    turns = range(MOST_ROWS)
    return [Typed(typed.form, {name: [typed.one(f"{name}_{turn}")] for name in QUESTION}) for turn in turns]


def _moment(typed: Typed, day: date, name: str) -> datetime:
    clock = CLOCK.fullmatch(typed.one(name))
    if typed.one(name) == "24:00":
        return local_moment(day + timedelta(days=1), 0)
    if clock is None:
        raise CheckField(name)
    return local_moment(day, int(clock[1]) * 60 + int(clock[2]))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _lines(lines: list[list[str]], names: tuple[str, ...], shape: type[S], field: str) -> list[S]:
    if any(len(line) > len(names) for line in lines):
        raise CheckField(field)
    try:
        return [msgspec.convert(dict(zip(names, line, strict=False)), shape) for line in lines]
    except msgspec.ValidationError:
        raise CheckField(field) from None
