"""A week of an incubator, made ready to look at: for each space and day what is free, what is taken
and when it is closed. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from incubator.bookings.offer import Lengths, bookable, window
from incubator.kernel.period import WARSAW, Period, local_days, union

DAY_MINUTES = 1440
USUAL_DAY = (8 * 60, 20 * 60)


@dataclass(frozen=True, slots=True)
class Times:
    """When one space is open and free within the week."""

    open: tuple[Period, ...]
    free: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time that can be booked, and by how many at once (the free desks of a zone; 1 for a room)."""

    period: Period
    places: int

    @property
    def all_day(self) -> bool:
        """Midnight to midnight."""
        return self.period == local_days(self.period.start.astimezone(WARSAW).date())


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of the little picture of a day: `kind` is free, some (not every desk), taken or over
    (past, or too soon to be booked); `at` and `width` are minutes on the axis."""

    kind: str
    at: int
    width: int


@dataclass(frozen=True, slots=True)
class DayCell:
    """One space, or zone, on one day. `state` is free, part, full, closed, over, late (to come, but
    too soon to be booked) or later (beyond the horizon)."""

    day: date
    state: str
    stretches: tuple[Stretch, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """The hours that the pictures of a week show, in minutes from midnight in Warsaw."""

    opens: int
    closes: int

    @property
    def width(self) -> int:
        return self.closes - self.opens


def axis_of(hours: Iterable[Period]) -> Axis:
    """From the earliest opening to the latest closing, in whole hours; 8–20 where nothing opens.
    What is open day and night says nothing about the hours that people look for."""
    seen = [_minutes(stretch, day) for stretch in hours for day in stretch.local_days()]
    day_hours = [one for one in seen if one != (0, DAY_MINUTES)] or seen
    if not day_hours:
        return Axis(*USUAL_DAY)
    first, last = min(one[0] for one in day_hours), max(one[1] for one in day_hours)
    return Axis(first // 60 * 60, -(-last // 60) * 60)


def day_cell(
    members: Sequence[Times], terms: Lengths, *, day: date, axis: Axis, now: datetime, apart: bool = False
) -> DayCell:
    """`members` are the one space, or all desks of a zone; with `apart`, stretches of different
    numbers of free desks stay apart. Where the shortest stay is of days, their times have to reach
    beyond the day for as long."""
    span, places = local_days(day), len(members) if apart else 1
    opening = within(union(stretch for member in members for stretch in member.open), span)
    at_best = _stretches([bookable(member.open, terms, now=now) for member in members], span)
    stretches = _stretches([bookable(member.free, terms, now=now) for member in members], span)
    if not apart:
        stretches = [Stretch(period, 1) for period in union(one.period for one in stretches)]
    earliest, latest = window(terms, now=now)
    state = _shut(opening, at_best, now=now, latest=latest) or _filled(opening, stretches, places, earliest)
    bars = (*_shut_bars(opening, day, axis, earliest), *_free_bars(stretches, day, axis, places))
    return DayCell(day, state, tuple(stretches), bars)


def _shut(opening: Sequence[Period], at_best: Sequence[Stretch], *, now: datetime, latest: datetime) -> str:
    """Why nothing could be booked even if nothing were taken (`at_best`); empty where something could."""
    if not opening:
        return "closed"
    if opening[-1].end <= now:
        return "over"
    if opening[0].start >= latest:
        return "later"
    return "" if at_best else "late"


def _filled(opening: Sequence[Period], stretches: Sequence[Stretch], places: int, earliest: datetime) -> str:
    if not stretches:
        return "full"
    left = union(Period(max(one.start, earliest), one.end) for one in opening if one.end > earliest)
    most = timedelta(minutes=1) * sum(one.minutes for one in left)
    free = sum((one.period.length * one.places for one in stretches), timedelta())
    # A step of the grid that has begun is no longer offered and does not make the day "part taken".
    return "free" if free >= (most - timedelta(minutes=30)) * places else "part"


def _stretches(free: Sequence[Sequence[Period]], span: Period) -> list[Stretch]:
    """Cut where other places become free: as many may be free before and after, but none throughout."""
    pieces = [(turn, period) for turn, member in enumerate(free) for period in within(member, span)]
    edges = sorted({edge for _, one in pieces for edge in (one.start, one.end)})
    found: list[Stretch] = []
    before: set[int] = set()
    for start, end in pairwise(edges):
        places = {turn for turn, one in pieces if one.start <= start and end <= one.end}
        if places and places == before:
            found[-1] = Stretch(Period(found[-1].period.start, end), len(places))
        elif places:
            found.append(Stretch(Period(start, end), len(places)))
        before = places
    return found


def _shut_bars(opening: Iterable[Period], day: date, axis: Axis, earliest: datetime) -> list[Bar]:
    """What is open is drawn as taken first, or as over; what is free lies on top."""
    bars = []
    for stretch in opening:
        if stretch.start < earliest:
            bars.append(_bar("over", Period(stretch.start, min(stretch.end, earliest)), day, axis))
        if stretch.end > earliest:
            bars.append(_bar("taken", Period(max(stretch.start, earliest), stretch.end), day, axis))
    return bars


def _free_bars(stretches: Iterable[Stretch], day: date, axis: Axis, places: int) -> list[Bar]:
    return [_bar("free" if one.places == places else "some", one.period, day, axis) for one in stretches]


def _bar(kind: str, period: Period, day: date, axis: Axis) -> Bar:
    first, last = _minutes(period, day)
    first, last = max(first, axis.opens), min(last, axis.closes)
    return Bar(kind, max(first - axis.opens, 0), max(last - first, 0))


def _minutes(period: Period, day: date) -> tuple[int, int]:
    """Start and end of `period` on the clock of `day`, in minutes from midnight."""
    start, end = period.start.astimezone(WARSAW), period.end.astimezone(WARSAW)
    first = start.hour * 60 + start.minute if start.date() == day else 0
    last = end.hour * 60 + end.minute if end.date() == day else DAY_MINUTES
    return first, last


def within(periods: Iterable[Period], span: Period) -> list[Period]:
    """What of the periods lies within `span`."""
    return [Period(max(one.start, span.start), min(one.end, span.end)) for one in periods if one.overlaps(span)]
