"""What must hold whatever is asked: rules, quotas, series, offers and the week, tried at random."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from incubator.bookings.offer import bookable, ends, marks, starts, window
from incubator.bookings.rules import Wish, check, quota_draws
from incubator.bookings.series_rules import MOST, Pattern, days_of, occurrences
from incubator.bookings.week import Times, axis_of, day_cell
from incubator.kernel.errors import Refusal
from incubator.kernel.period import WARSAW, Period, local_days, local_midnight, local_moment

MINUTE = timedelta(minutes=1)
# The days around both changes of the clock come up as often as all others together.
CHANGES = [
    date(2026, 10, 24),
    date(2026, 10, 25),
    date(2026, 10, 26),
    date(2027, 3, 27),
    date(2027, 3, 28),
    date(2027, 3, 29),
]
DAYS = st.one_of(st.sampled_from(CHANGES), st.dates(date(2026, 1, 1), date(2027, 12, 31)))
MINUTES = st.one_of(st.sampled_from([0, 60, 90, 120, 150, 180, 1439]), st.integers(0, 1439))
GRIDS = st.sampled_from([n for n in range(1, 1441) if 1440 % n == 0 and n >= 5])
quick = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.filter_too_much],
)


@st.composite
def moments(draw: st.DrawFn) -> datetime:
    return local_moment(draw(DAYS), draw(MINUTES))


@st.composite
def periods(draw: st.DrawFn, longest: int = 40 * 1440) -> Period:
    start = draw(moments())
    return Period(start, start + MINUTE * draw(st.integers(1, longest)))


@dataclass(frozen=True)
class Terms:
    grid_minutes: int
    shortest_minutes: int
    longest_minutes: int
    lead_minutes: int
    horizon_days: int
    open: tuple[Period, ...] = ()
    audience: tuple[str, ...] = ("person",)
    local_only: bool = False
    capacity: int = 1


@st.composite
def terms(draw: st.DrawFn, hours: tuple[Period, ...] = ()) -> Terms:
    shortest = draw(st.integers(1, 600))
    return Terms(
        grid_minutes=draw(GRIDS),
        shortest_minutes=shortest,
        longest_minutes=draw(st.integers(shortest, 4000)),
        lead_minutes=draw(st.sampled_from([0, 0, 1, 30, 60, 1500])),
        horizon_days=draw(st.integers(2, 60)),
        open=hours,
    )


@st.composite
def stretches(draw: st.DrawFn, day: date) -> tuple[Period, ...]:
    """Apart from each other, in order, from the day before to two days after."""
    edges = draw(st.lists(st.integers(-1440, 3 * 1440), min_size=2, max_size=8, unique=True).map(sorted))
    base = local_midnight(day)
    pairs = list(pairwise(edges))[::2]
    return tuple(Period(base + MINUTE * first, base + MINUTE * last) for first, last in pairs)


# Quotas


@quick
@given(periods(), st.sampled_from(["week", "month"]))
@example(Period(local_moment(date(2026, 10, 19), 0), local_moment(date(2026, 10, 26), 0)), "week")
def test_what_is_drawn_from_quotas_is_the_time_that_is_booked(period: Period, unit: str) -> None:
    draws = quota_draws(period, unit=unit)
    assert sum(minutes for _, minutes in draws) == period.minutes
    assert all(minutes > 0 for _, minutes in draws)
    firsts = [first for first, _ in draws]
    assert firsts == sorted(set(firsts))
    assert all(first.weekday() == 0 if unit == "week" else first.day == 1 for first in firsts)
    assert local_midnight(firsts[0]) <= period.start and local_midnight(firsts[-1]) < period.end


@quick
@given(periods(), st.integers(1, 100_000), st.sampled_from(["week", "month"]))
def test_a_booking_made_longer_and_shorter_again_has_drawn_nothing(period: Period, more: int, unit: str) -> None:
    longer = period.extended(MINUTE * more)
    before, after = dict(quota_draws(period, unit=unit)), dict(quota_draws(longer, unit=unit))
    assert all(after[first] >= minutes for first, minutes in before.items())
    assert sum(after.values()) - sum(before.values()) == more


# Series


@st.composite
def patterns(draw: st.DrawFn) -> Pattern:
    first, by_count = draw(DAYS), draw(st.booleans())
    return Pattern(
        first_day=first,
        weekdays=tuple(draw(st.lists(st.integers(1, 7), min_size=1, max_size=7))),
        start_minute=draw(MINUTES),
        length_minutes=draw(st.one_of(st.integers(1, 1440), st.integers(1, 20_000))),
        every_weeks=draw(st.integers(1, 5)),
        count=draw(st.integers(1, 60)) if by_count else None,
        until_day=None if by_count else first + timedelta(days=draw(st.integers(0, 300))),
    )


@quick
@given(patterns())
@example(
    Pattern(first_day=date(2027, 3, 26), weekdays=(1, 2, 3, 4, 5, 6, 7), start_minute=150, length_minutes=1440, count=5)
)
@example(
    Pattern(
        first_day=date(2026, 10, 23), weekdays=(1, 2, 3, 4, 5, 6, 7), start_minute=150, length_minutes=1440, count=5
    )
)
def test_dates_of_a_series_come_in_order_on_their_days_and_never_overlap(pattern: Pattern) -> None:
    try:
        found = occurrences(pattern)
    except Refusal:
        assume(False)
        return
    days = days_of(pattern)
    assert 1 <= len(found) == len(days) <= MOST
    assert pattern.count in {None, len(days)}
    assert all(pattern.first_day <= day <= (pattern.until_day or day) for day in days)
    assert {day.isoweekday() for day in days} <= set(pattern.weekdays)
    weeks = {
        (day - timedelta(days=day.weekday()) - pattern.first_day + timedelta(days=pattern.first_day.weekday())).days
        for day in days
    }
    assert all(week % (7 * pattern.every_weeks) == 0 for week in weeks)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for day, period in zip(days, found, strict=True):
        assert period.start == local_moment(day, pattern.start_minute)
        # On the wall it is always as long; really, an hour more or less where the clock changes.
        assert abs(period.length - MINUTE * pattern.length_minutes) <= timedelta(hours=1)


# What is offered, against what is accepted


@quick
@given(st.data())
def test_what_is_offered_is_never_refused_and_what_is_accepted_was_offered(data: st.DataObject) -> None:
    day = data.draw(DAYS)
    free = data.draw(stretches(day))
    rules = data.draw(terms(free))
    now = local_midnight(day) + MINUTE * data.draw(st.integers(-3000, 1440))
    offered = {one.moment: one.until for one in starts(free, rules, within=local_days(day), now=now)}
    assert all(until > now for until in offered.values()), "a start that no end can be found for"
    step = timedelta(minutes=5)
    first = local_midnight(day)
    moments_of_day = [first + step * n for n in range(int(local_days(day).length / step))]
    lengths = sorted({rules.shortest_minutes, rules.longest_minutes, rules.grid_minutes, *range(5, 300, 55)})
    for start in moments_of_day:
        for end in [*(start + MINUTE * length for length in lengths), *([offered[start]] if start in offered else [])]:
            accepted = _accepts(rules, Period(start, end), now)
            if start in offered and _could_be(rules, start, end, offered[start], now):
                assert accepted, f"offered and refused: {Period(start, end)}"
            if accepted:
                assert start in offered, f"accepted and never offered: {Period(start, end)}"
                assert end <= offered[start]


def _could_be(rules: Terms, start: datetime, end: datetime, until: datetime, now: datetime) -> bool:
    """An end that the form can have for this start: on the grid, long enough, within reach, not past."""
    on_grid = end in set(marks(Period(start, end + MINUTE), rules.grid_minutes))
    return on_grid and timedelta(minutes=rules.shortest_minutes) <= end - start and end <= until and end > now


def _accepts(rules: Terms, period: Period, now: datetime) -> bool:
    try:
        check(Wish(period, now, "person", True), rules)
    except Refusal:
        return False
    return True


@quick
@given(st.data())
def test_every_end_that_is_offered_fits_some_start(data: st.DataObject) -> None:
    day = data.draw(DAYS)
    free = data.draw(stretches(day))
    rules = data.draw(terms(free))
    now = local_midnight(day) - timedelta(days=1)
    choice = starts(free, rules, within=local_days(day), now=now)
    shortest = timedelta(minutes=rules.shortest_minutes)
    found = ends(choice, rules)
    assert found == sorted(set(found))
    for end in found:
        fitting = [one for one in choice if one.moment + shortest <= end <= one.until]
        assert any(_accepts(rules, Period(one.moment, end), now) for one in fitting), end


@quick
@given(st.data())
def test_what_can_be_booked_is_free_on_the_grid_and_long_enough(data: st.DataObject) -> None:
    day = data.draw(DAYS)
    free = data.draw(stretches(day))
    rules = data.draw(terms())
    now = local_midnight(day) + MINUTE * data.draw(st.integers(-3000, 3000))
    earliest, _ = window(rules, now=now)
    for one in bookable(free, rules, now=now):
        assert any(stretch.contains(one) for stretch in free)
        assert one.start >= earliest and one.length >= timedelta(minutes=rules.shortest_minutes)
        for edge in (one.start, one.end):
            clock = edge.astimezone(WARSAW)
            assert (clock.hour * 60 + clock.minute) % rules.grid_minutes == 0 and clock.second == 0


# The week


@quick
@given(st.data())
def test_the_week_shows_free_only_what_is_open_and_free_and_keeps_within_its_frame(data: st.DataObject) -> None:
    day = data.draw(DAYS)
    rules = data.draw(terms())
    now = local_midnight(day) + MINUTE * data.draw(st.integers(-3000, 2000))
    members = [_times(data, day) for _ in range(data.draw(st.integers(1, 3)))]
    axis = axis_of(stretch for member in members for stretch in member.open)
    assert 0 <= axis.opens < axis.closes <= 1440
    cell = day_cell(members, rules, day=day, axis=axis, now=now, apart=len(members) > 1)
    span = local_days(day)
    for one in cell.stretches:
        assert span.contains(one.period) and 1 <= one.places <= len(members)
        assert sum(_inside(one.period, member.free) for member in members) >= one.places
    assert all(one.period.end <= other.period.start for one, other in pairwise(cell.stretches))
    assert all(bar.at >= 0 and bar.width >= 0 and bar.at + bar.width <= axis.width for bar in cell.bars)
    assert cell.state in {"free", "part", "full", "closed", "over", "late", "later"}
    if cell.state in {"full", "closed"}:
        assert not cell.stretches
    if cell.state == "free":
        assert cell.stretches


def _times(data: st.DataObject, day: date) -> Times:
    """Open, and free for some of it."""
    opening = data.draw(stretches(day))
    free = []
    for stretch in opening:
        minutes = stretch.minutes
        first = data.draw(st.integers(0, minutes - 1)) if minutes > 1 else 0
        free.append(Period(stretch.start + MINUTE * first, stretch.end))
    return Times(opening, tuple(free))


def _inside(period: Period, free: Iterable[Period]) -> bool:
    return any(stretch.contains(period) for stretch in free)


# Periods themselves


@quick
@given(periods(), periods())
def test_periods_overlap_as_their_minutes_do(one: Period, other: Period) -> None:
    shared = min(one.end, other.end) - max(one.start, other.start)
    assert one.overlaps(other) == other.overlaps(one) == (shared > timedelta())
    assert one.contains(other) == (shared == other.length)


@quick
@given(periods(longest=10 * 1440))
def test_a_period_is_the_sum_of_what_it_is_on_each_of_its_days(period: Period) -> None:
    days = list(period.local_days())
    parts = [
        Period(max(period.start, local_midnight(day)), min(period.end, local_midnight(day + timedelta(days=1))))
        for day in days
    ]
    assert sum((part.length for part in parts), timedelta()) == period.length
    assert period.start.tzinfo is UTC
