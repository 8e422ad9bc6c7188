"""When a booking that repeats takes place. Pure: a pattern in, its days and periods out.

A series keeps to the clock on the wall: Tuesdays 10:00–12:00 stay so through both clock changes, and
a night from 22:00 to 6:00 ends at six although it is an hour longer in October and shorter in March.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from incubator.kernel.errors import N_, Invalid
from incubator.kernel.period import WARSAW, Period, local_moment, monday_of
from incubator.kernel.zone import RULED

MOST = 366
DAY = 1440
FIRST_YEAR, LAST_YEAR = 2000, 2190


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Every `every_weeks` weeks on `weekdays` (1 Monday … 7 Sunday) from `first_day` on, starting
    `start_minute` minutes past midnight on the clock in Warsaw and `length_minutes` long on it, until
    `until_day` (inclusive) or for `count` occurrences: one of the two."""

    first_day: date
    weekdays: tuple[int, ...]
    start_minute: int
    length_minutes: int
    every_weeks: int = 1
    until_day: date | None = None
    count: int | None = None

    @property
    def days(self) -> tuple[date, ...]:
        """A day of each of its weekdays, to call them by their names."""
        return tuple(monday_of(self.first_day) + timedelta(days=weekday - 1) for weekday in sorted(set(self.weekdays)))


@dataclass(eq=False)
class TooManyOccurrences(Invalid):
    """More dates than a series may have."""

    code = "too_many_occurrences"
    sentence = N_("A series has at most {most} dates.")
    most: int = MOST


class SeriesWithoutEnd(Invalid):
    """Neither a last day nor a number of dates, or both."""

    code = "series_without_end"
    sentence = N_("Say either the last day of the series or how many dates it has.")


class SeriesWithoutDates(Invalid):
    """A pattern that no day fits."""

    code = "series_without_dates"
    sentence = N_("No day fits this series: it ends before its first date.")


class BadWeekdays(Invalid):
    """Days of the week that are none."""

    code = "bad_weekdays"
    sentence = N_("Weekdays go from 1 (Monday) to 7 (Sunday); a series has at least one.")


class BadRhythm(Invalid):
    """A number of weeks between the dates that makes no sense."""

    code = "bad_rhythm"
    sentence = N_("A series repeats every 1 to 52 weeks.")


class BadClock(Invalid):
    """A start that no clock shows, or no length."""

    code = "bad_clock"
    sentence = N_("A series starts between 0:00 and 23:59 and lasts at least a minute.")


class OverlapsItself(Invalid):
    """One date is not over when the next begins."""

    code = "series_overlaps_itself"
    sentence = N_("One date of this series would not be over when the next begins.")


class SeriesOutOfReach(Invalid):
    """A year that no calendar of ours reaches."""

    code = "series_out_of_reach"
    sentence = N_("A series lies between the years 2000 and 2190.")


def occurrences(pattern: Pattern) -> list[Period]:
    """The periods of the series in order; the first is occurrence 1. Raises the refusals above."""
    return [
        period_on(day, start_minute=pattern.start_minute, length_minutes=pattern.length_minutes)
        for day in days_of(pattern)
    ]


def told_by_rule(pattern: Pattern) -> bool:
    """Whether every calendar makes the same dates of its rule: all begin when the clock shows it, once, in a year that the
    zone's rules tell."""
    begins = timedelta(minutes=pattern.start_minute)
    return all(
        _is_plain(period.start.astimezone(WARSAW), datetime.combine(day, time()) + begins)
        for day, period in zip(days_of(pattern), occurrences(pattern), strict=True)
    )


def _is_plain(local: datetime, shown: datetime) -> bool:
    once = local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset()
    return local.year in RULED and once and local.replace(tzinfo=None) == shown


def days_of(pattern: Pattern) -> list[date]:
    """The days on which the occurrences start, in order. Raises the refusals above."""
    for rule in RULES:
        rule(pattern)
    days: list[date] = []
    week = monday_of(pattern.first_day)
    while True:
        for day in (week + timedelta(days=weekday - 1) for weekday in sorted(set(pattern.weekdays))):
            if day < pattern.first_day:
                continue
            if len(days) == pattern.count or (pattern.until_day is not None and day > pattern.until_day):
                return _some(days)
            if len(days) == MOST:
                raise TooManyOccurrences()
            if day.year > LAST_YEAR:
                raise SeriesOutOfReach()
            days.append(day)
        week += timedelta(weeks=pattern.every_weeks)


def period_on(day: date, *, start_minute: int, length_minutes: int) -> Period:
    """The occurrence that starts on `day`. Where the clock swallows its end, its length counts."""
    start = local_moment(day, start_minute)
    days, minute = divmod(start_minute + length_minutes, DAY)
    end = local_moment(day + timedelta(days=days), minute)
    return Period(start, end if end > start else start + timedelta(minutes=length_minutes))


def has_one_end(pattern: Pattern) -> None:
    if (pattern.until_day is None) == (pattern.count is None):
        raise SeriesWithoutEnd()


def not_too_many(pattern: Pattern) -> None:
    if pattern.count is not None and pattern.count > MOST:
        raise TooManyOccurrences()
    if pattern.count is not None and pattern.count < 1:
        raise SeriesWithoutDates()


def within_reach(pattern: Pattern) -> None:
    for day in (pattern.first_day, pattern.until_day):
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise SeriesOutOfReach()


def real_weekdays(pattern: Pattern) -> None:
    if not pattern.weekdays or not all(1 <= weekday <= 7 for weekday in pattern.weekdays):
        raise BadWeekdays()


def real_rhythm(pattern: Pattern) -> None:
    if not 1 <= pattern.every_weeks <= 52:
        raise BadRhythm()


def real_clock(pattern: Pattern) -> None:
    if not (0 <= pattern.start_minute < DAY and pattern.length_minutes > 0):
        raise BadClock()


def apart(pattern: Pattern) -> None:
    """The shortest way from one weekday to the next, around the end of the rhythm."""
    weekdays = sorted(set(pattern.weekdays))
    around = [*weekdays, weekdays[0] + 7 * pattern.every_weeks]
    gap = min(later - earlier for earlier, later in pairwise(around))
    if pattern.length_minutes > gap * DAY:
        raise OverlapsItself()


RULES = (has_one_end, not_too_many, within_reach, real_weekdays, real_rhythm, real_clock, apart)


def _some(days: list[date]) -> list[date]:
    if not days:
        raise SeriesWithoutDates()
    return days
