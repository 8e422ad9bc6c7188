"""When a series takes place: the clock on the wall is kept, whatever the season does to it."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.bookings.series_rules import (
    MOST,
    BadClock,
    BadRhythm,
    BadWeekdays,
    OverlapsItself,
    Pattern,
    SeriesOutOfReach,
    SeriesWithoutDates,
    SeriesWithoutEnd,
    TooManyOccurrences,
    days_of,
    occurrences,
)
from incubator.kernel.errors import Refusal
from incubator.kernel.period import WARSAW, Period

TUESDAYS = Pattern(first_day=date(2026, 9, 8), weekdays=(2,), start_minute=600, length_minutes=120, count=10)


def clock(moment: datetime) -> str:
    return f"{moment.astimezone(WARSAW):%a %d.%m. %H:%M}"


def but(**changes: object) -> Pattern:
    values = {name: getattr(TUESDAYS, name) for name in TUESDAYS.__slots__}
    return Pattern(**{**values, **changes})  # type: ignore[arg-type]


patterns = st.builds(
    Pattern,
    first_day=st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    weekdays=st.sets(st.integers(1, 7), min_size=1).map(tuple),
    start_minute=st.integers(0, 1439),
    length_minutes=st.integers(1, 1440),
    every_weeks=st.integers(1, 8),
    count=st.integers(1, 60),
)


@given(patterns)
def test_there_are_as_many_as_asked_for_in_order_and_apart(pattern: Pattern) -> None:
    found = occurrences(pattern)
    assert len(found) == pattern.count
    for earlier, later in pairwise(found):
        assert earlier.start < later.start
        if pattern.start_minute >= 180:
            assert earlier.end <= later.start


@given(patterns)
def test_each_is_on_a_day_of_the_pattern_and_none_is_left_out(pattern: Pattern) -> None:
    days = days_of(pattern)
    monday = pattern.first_day - timedelta(days=pattern.first_day.weekday())
    expected = (
        day
        for day in (pattern.first_day + timedelta(days=n) for n in range(10_000))
        if day.isoweekday() in pattern.weekdays and ((day - monday).days // 7) % pattern.every_weeks == 0
    )
    assert days == [next(expected) for _ in days]


@given(patterns.filter(lambda pattern: not 120 <= pattern.start_minute < 180))
def test_the_start_stays_where_it_is_on_the_clock(pattern: Pattern) -> None:
    for day, period in zip(days_of(pattern), occurrences(pattern), strict=True):
        start = period.start.astimezone(WARSAW)
        assert (start.date(), start.hour * 60 + start.minute) == (day, pattern.start_minute)


@given(patterns)
def test_the_length_is_the_one_asked_for_give_or_take_the_hour_of_the_clock_change(pattern: Pattern) -> None:
    for period in occurrences(pattern):
        assert abs(period.minutes - pattern.length_minutes) in (0, 60) or period.minutes == pattern.length_minutes


@given(patterns, st.integers(0, 400))
def test_until_a_day_is_the_same_as_counting_to_it(pattern: Pattern, days: int) -> None:
    until = pattern.first_day + timedelta(days=days)
    values = {name: getattr(pattern, name) for name in pattern.__slots__}
    try:
        found = days_of(Pattern(**{**values, "count": None, "until_day": until}))
    except (SeriesWithoutDates, TooManyOccurrences):
        return
    assert found == days_of(Pattern(**{**values, "count": len(found)}))
    assert found[-1] <= until


def test_ten_stays_ten_through_the_autumn_change() -> None:
    assert {clock(period.start)[-5:] for period in occurrences(TUESDAYS)} == {"10:00"}
    assert {period.minutes for period in occurrences(TUESDAYS)} == {120}


@pytest.mark.parametrize(
    ("saturday", "minutes"), [(date(2026, 10, 24), 540), (date(2027, 3, 27), 420), (date(2026, 10, 17), 480)]
)
def test_a_night_ends_at_six_on_both_clock_change_nights(saturday: date, minutes: int) -> None:
    (night,) = occurrences(but(first_day=saturday, weekdays=(6,), start_minute=1320, length_minutes=480, count=1))
    assert clock(night.end).endswith("06:00")
    assert night.minutes == minutes


def test_an_hour_that_the_clock_skips_is_had_an_hour_later() -> None:
    (early,) = occurrences(
        but(first_day=date(2027, 3, 28), weekdays=(7,), start_minute=150, length_minutes=60, count=1)
    )
    assert clock(early.start).endswith("03:30") and early.minutes == 60


def test_whole_days_join_without_a_gap_over_both_changes() -> None:
    for first in (date(2026, 10, 23), date(2027, 3, 26)):
        found = occurrences(
            but(first_day=first, weekdays=(1, 2, 3, 4, 5, 6, 7), start_minute=0, length_minutes=1440, count=5)
        )
        assert all(earlier.end == later.start for earlier, later in pairwise(found))
        assert isinstance(found[0], Period)


def test_the_longest_series_is_a_leap_year_of_days() -> None:
    daily = but(weekdays=(1, 2, 3, 4, 5, 6, 7), count=MOST)
    assert len(occurrences(daily)) == 366


@pytest.mark.parametrize(
    ("pattern", "refusal"),
    [
        (but(count=10_000), TooManyOccurrences),
        (but(count=None, until_day=date(2100, 1, 1)), TooManyOccurrences),
        (but(count=0), SeriesWithoutDates),
        (but(count=None, until_day=date(2026, 9, 7)), SeriesWithoutDates),
        (but(count=None), SeriesWithoutEnd),
        (but(until_day=date(2026, 12, 1)), SeriesWithoutEnd),
        (but(weekdays=()), BadWeekdays),
        (but(weekdays=(0,)), BadWeekdays),
        (but(weekdays=(8,)), BadWeekdays),
        (but(every_weeks=0), BadRhythm),
        (but(every_weeks=53), BadRhythm),
        (but(start_minute=1440), BadClock),
        (but(start_minute=-1), BadClock),
        (but(length_minutes=0), BadClock),
        (but(weekdays=(1, 2), length_minutes=1441), OverlapsItself),
        (but(weekdays=(7, 1), length_minutes=1441), OverlapsItself),
        (but(length_minutes=7 * 1440 + 1), OverlapsItself),
        (but(first_day=date(9999, 12, 28)), SeriesOutOfReach),
        (but(first_day=date(1, 1, 1)), SeriesOutOfReach),
        (but(count=None, until_day=date(9999, 12, 31)), SeriesOutOfReach),
        (but(every_weeks=52, count=366), SeriesOutOfReach),
    ],
)
def test_what_makes_no_series_is_refused(pattern: Pattern, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        occurrences(pattern)
