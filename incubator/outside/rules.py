"""What is kept of what a calendar says, and when it is asked again. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from incubator.kernel.period import WARSAW, Period, local_midnight, union

DAYS = 400
"""So far ahead is read: further than any booking can be made."""
MOST = 5_000
"""Busy times of one calendar, those that touch made one."""
MINUTE = timedelta(minutes=1)
EVERY, JITTER, LONGEST = timedelta(minutes=30), timedelta(minutes=5), timedelta(days=1)
ANEW = timedelta(days=7)
"""A file that has not changed is read again all the same after so long, for the days ahead move on."""
DEAD = 5
"""Failures in a row, over some fifteen hours, after which somebody is told."""


def window(now: datetime) -> Period:
    """What is asked of a file: from today on."""
    today = now.astimezone(WARSAW).date()
    return Period(local_midnight(today), local_midnight(today + timedelta(days=DAYS)))


def merged(periods: Iterable[Period]) -> list[Period]:
    """By start, on whole minutes, those that touch made one."""
    return union(map(on_minutes, periods))


def on_minutes(period: Period) -> Period:
    """The minutes that it has a part of."""
    start, end = (one.replace(second=0, microsecond=0) for one in (period.start, period.end))
    return Period(start, end if end == period.end else end + MINUTE)


def next_look(now: datetime, *, failures: int, after: timedelta | None = None, chance: float) -> datetime:
    """Half an hour on, twice as long after each failure, up to a day; later where the server asked for that. `chance`,
    from 0 to 1, spreads calendars, so that no server is asked for many of them at one moment."""
    wait: timedelta = EVERY * 2 ** min(max(failures - 1, 0), 10)
    asked = after if after is not None else timedelta()
    return now + min(max(wait, asked), LONGEST) + JITTER * chance
