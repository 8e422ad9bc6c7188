"""Opening hours as forms have them: fields with times, read into stretches of the day."""

import re
from collections.abc import Iterator

from incubator.kernel.errors import N_, Invalid
from incubator.people.forms import Typed
from incubator.places.rules import Stretch, minute_of
from incubator.places.views import HoursView

TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")
ROWS = 2
"""Stretches of a day that the form has room for, at least."""


class HoursIncomplete(Invalid):
    """A stretch with one end, or with something that is no time."""

    code = "hours_incomplete"
    sentence = N_("Give both an opening and a closing time, such as 08:00 and 20:00, or leave both empty.")


def week_of(typed: Typed) -> list[Stretch]:
    """The week in fields `opens_1_0`, `closes_1_0` … (weekday, row). Raises HoursIncomplete."""
    return [stretch for weekday in range(1, 8) for stretch in _day(typed, f"_{weekday}_", weekday)]


def day_of(typed: Typed) -> list[Stretch]:
    """One day in fields `opens_0`, `closes_0` … Raises HoursIncomplete."""
    return list(_day(typed, "_", 0))


def rows_of(hours: list[HoursView], typed: Typed | None) -> list[tuple[int, list[tuple[str, str]]]]:
    """For each weekday the times to show, with an empty row to add one more."""
    return [(weekday, _rows(hours, typed, weekday)) for weekday in range(1, 8)]


def _rows(hours: list[HoursView], typed: Typed | None, weekday: int) -> list[tuple[str, str]]:
    if typed is not None:
        keys = [f"_{weekday}_{row}" for row in range(6) if f"opens_{weekday}_{row}" in typed.fields]
        return [(typed.one(f"opens{key}"), typed.one(f"closes{key}")) for key in keys]
    kept = [(one.opens, one.closes.replace("24:00", "00:00")) for one in hours if one.weekday == weekday]
    return kept + [("", "")] * max(1 if kept else 0, ROWS - len(kept))


def _day(typed: Typed, key: str, weekday: int) -> Iterator[Stretch]:
    for row in range(6):
        opens, closes = typed.one(f"opens{key}{row}"), typed.one(f"closes{key}{row}")
        if not opens and not closes:
            continue
        if not (TIME.fullmatch(opens) and TIME.fullmatch(closes)):
            raise HoursIncomplete()
        # A browser's time field knows no 24:00; closing at midnight is written 00:00.
        yield Stretch(weekday, minute_of(opens), minute_of(closes) or 1440)
