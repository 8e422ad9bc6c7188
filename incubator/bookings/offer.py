"""Which starts and ends a person can choose from: pure, from what is free and the rules of a space.

It only spares people a refusal. Whether a time can be had is decided when it is held.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import gcd
from typing import Protocol

from incubator.kernel.period import WARSAW, Period, local_midnight

DAY_MINUTES = 1440


class Lengths(Protocol):
    """The rules that bound a choice; see places.tables.Space for what each means."""

    @property
    def grid_minutes(self) -> int: ...
    @property
    def shortest_minutes(self) -> int: ...
    @property
    def longest_minutes(self) -> int: ...
    @property
    def lead_minutes(self) -> int: ...
    @property
    def horizon_days(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Start:
    """A moment that a booking can begin at, and the latest that it could last until."""

    moment: datetime
    until: datetime


def bookable(free: Iterable[Period], terms: Lengths, *, now: datetime) -> list[Period]:
    """What of `free` can still be booked: after the lead time, within the horizon, on the grid, and
    long enough to be of use."""
    earliest, latest = window(terms, now=now)
    cut = (_cut(stretch, earliest, None) for stretch in free if stretch.start < latest)
    fitting = (_on_grid(stretch, terms.grid_minutes) for stretch in cut if stretch)
    shortest = timedelta(minutes=terms.shortest_minutes)
    return [stretch for stretch in fitting if stretch and stretch.length >= shortest]


def window(terms: Lengths, *, now: datetime) -> tuple[datetime, datetime]:
    """The first moment that may be booked, and the one from which on no booking may start. A grid
    step that has begun may still be booked where no notice is asked for."""
    grace = timedelta(minutes=terms.grid_minutes) if terms.lead_minutes == 0 else timedelta()
    today = now.astimezone(WARSAW).date()
    latest = local_midnight(today + timedelta(days=terms.horizon_days + 1))
    return now + timedelta(minutes=terms.lead_minutes) - grace, latest


def starts(free: Iterable[Period], terms: Lengths, *, within: Period, now: datetime) -> list[Start]:
    """The starts inside `within`, in order; each once, with the longest stay that any of the
    stretches (one for each desk of a zone, say) allows."""
    shortest, longest = timedelta(minutes=terms.shortest_minutes), timedelta(minutes=terms.longest_minutes)
    _, latest = window(terms, now=now)
    found: dict[datetime, datetime] = {}
    for stretch in bookable(free, terms, now=now):
        for mark in marks(stretch, terms.grid_minutes):
            until = min(stretch.end, mark + longest)
            if within.start <= mark < min(within.end, latest) and until - mark >= shortest and until > now:
                found[mark] = max(until, found.get(mark, until))
    return [Start(moment, until) for moment, until in sorted(found.items())]


def ends(choice: Sequence[Start], terms: Lengths) -> list[datetime]:
    """Every end that some start can have, in order. Where stays of days are possible, whole days
    from the first start on are offered beyond the first."""
    shortest, step = timedelta(minutes=terms.shortest_minutes), terms.grid_minutes
    found: set[datetime] = set()
    for start in choice:
        day_on = start.moment + timedelta(days=1)
        soon = Period(start.moment, min(start.until, max(day_on, start.moment + shortest)))
        found.update(mark for mark in marks(soon, step) if mark >= start.moment + shortest)
        found.update(_days_on(start) if start.until > day_on else ())
    return sorted(found)


def marks(stretch: Period, grid_minutes: int) -> Iterator[datetime]:
    """The moments on the grid in `stretch`, both of its edges included. The grid is counted from
    midnight on the clock in Warsaw, also on the days when that clock changes."""
    step = timedelta(minutes=gcd(grid_minutes, 60))
    minute = stretch.start.minute % (step.seconds // 60) if step.seconds >= 60 else 0
    moment = stretch.start.replace(second=0, microsecond=0) - timedelta(minutes=minute)
    while moment <= stretch.end:
        if moment >= stretch.start and _is_mark(moment, grid_minutes):
            yield moment
        moment += step


def _days_on(start: Start) -> Iterator[datetime]:
    """The same time on the clock on later days: each of the first fortnight, then each week."""
    wall = start.moment.astimezone(WARSAW)
    for days in (*range(2, 15), *range(21, 400, 7)):
        moment = (wall + timedelta(days=days)).astimezone(start.moment.tzinfo)
        if moment > start.until:
            return
        yield moment


def _is_mark(moment: datetime, grid_minutes: int) -> bool:
    clock = moment.astimezone(WARSAW)
    return (clock.hour * 60 + clock.minute) % grid_minutes == 0


def _on_grid(stretch: Period, grid_minutes: int) -> Period | None:
    """The largest part of `stretch` that starts and ends on the grid."""
    first = next(marks(Period(stretch.start, stretch.start + timedelta(minutes=DAY_MINUTES)), grid_minutes), None)
    if first is None or first >= stretch.end:
        return None
    last = max(marks(Period(max(first, stretch.end - timedelta(minutes=DAY_MINUTES)), stretch.end), grid_minutes))
    return Period(first, last) if first < last else None


def _cut(stretch: Period, earliest: datetime, latest: datetime | None) -> Period | None:
    start, end = max(stretch.start, earliest), min(stretch.end, latest or stretch.end)
    return Period(start, end) if start < end else None
