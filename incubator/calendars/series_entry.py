"""The bookings of a series as one entry that repeats, and one more for each date that is otherwise. Pure.

A rule is told only where every reader makes the same dates of it. That leaves out series that reach past the years of
our zone's rules, or start in the hour that clocks skip or repeat; their bookings are entries of their own.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from incubator.bookings.series_rules import Pattern, occurrences, told_by_rule
from incubator.calendars.lines import wall
from incubator.calendars.write import Entry, Repeats, Status
from incubator.kernel.period import WARSAW, Period
from incubator.kernel.uids import sequence_at


class Repeating(NamedTuple):
    """A series, as calendars need it. `changes` counts them, its dates' too."""

    id: UUID
    pattern: Pattern
    created_at: datetime
    changed_at: datetime
    changes: int

    @property
    def sequence(self) -> int:
        """Of the whole and of each of its dates: what is told anew of one is newer than all that was told before."""
        return sequence_at(self.changed_at, self.changes)


class Look(NamedTuple):
    """All that dates of a series may differ in beside their time."""

    summary: str
    status: Status
    description: str
    location: str
    categories: tuple[str, ...]


def series_entries(series: Repeating, page: str, given: Sequence[tuple[int, Entry]]) -> list[Entry]:
    """`given` are the bookings that are told of, with their numbers, in order; other dates of the series are
    left out. `page` shows the whole of it."""
    dates = dates_of(series.pattern)
    if not given or max(number for number, _ in given) > len(dates):
        return [entry for _, entry in given]
    usual = _usual([entry for _, entry in given])
    like_rule = {number for number, entry in given if _as_ruled(entry, usual, dates[number - 1])}
    first = Period(dates[0].start, dates[0].start + timedelta(minutes=series.pattern.length_minutes))
    known = {number for number, _ in given}
    rule = Repeats(
        weekdays=tuple(sorted(set(series.pattern.weekdays))),
        every_weeks=series.pattern.every_weeks,
        times=len(dates),
        left_out=tuple(one.start for number, one in enumerate(dates, start=1) if number not in known),
        told=tuple(entry.period for number, entry in given if number in like_rule),
    )
    whole = usual._replace(
        uid=str(series.id),
        period=first,
        sequence=series.sequence,
        changed_at=series.changed_at,
        created_at=series.created_at,
        url=page,
        repeats=rule,
    )
    return [whole, *(instead(series, number, entry) for number, entry in given if number not in like_rule)]


def instead(series: Repeating, number: int, entry: Entry) -> Entry:
    """One date as an entry of its own, in place of the one that the rule makes; the booking's own entry where no rule
    is told."""
    dates = dates_of(series.pattern)
    if number > len(dates):
        return entry
    return entry._replace(uid=str(series.id), sequence=series.sequence, instead_of=dates[number - 1].start)


@lru_cache(maxsize=4096)
def dates_of(pattern: Pattern) -> tuple[Period, ...]:
    """What the rule makes; nothing where it cannot be told."""
    return tuple(occurrences(pattern)) if told_by_rule(pattern) else ()


def look_of(entry: Entry) -> Look:
    return Look(entry.summary, entry.status, entry.description, entry.location, entry.categories)


def _usual(entries: list[Entry]) -> Entry:
    """The one that most look like, of those that stand; where none does, of all. Of as many, the first."""
    standing = [entry for entry in entries if entry.status is not Status.CANCELLED] or entries
    most = Counter(map(look_of, standing)).most_common(1)[0][0]
    return next(entry for entry in standing if look_of(entry) == most)


def _as_ruled(entry: Entry, usual: Entry, date: Period) -> bool:
    """Not over a change of clocks, nor up to it: whether the length or the end on the clock holds, and which of two hours
    with one name an end is in, readers do not agree."""
    offsets = {moment.astimezone(WARSAW).utcoffset() for moment in (date.start, date.end)}
    return (
        entry.period == date and look_of(entry) == look_of(usual) and len(offsets) == 1 and wall(date.end) is not None
    )
