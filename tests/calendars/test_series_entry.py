"""A series told by a rule: whoever expands it shows the very dates that are booked, over both clock changes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from incubator.bookings.series_rules import Pattern, days_of, occurrences
from incubator.calendars.series_entry import Repeating, dates_of, series_entries
from incubator.calendars.write import Entry, Head, Status, calendar
from incubator.kernel.ids import uuid7
from incubator.kernel.period import Period
from incubator.kernel.uids import sequence_at
from tests.calendars.readers import (
    READERS,
    Seen,
    expanded_by_ical_js,
    expanded_by_icalendar,
    with_ical_js,
    with_icalendar,
    with_libical,
)
from tests.moments import TUESDAY, on

MADE = datetime(2026, 8, 1, tzinfo=UTC)
TUESDAYS = Pattern(first_day=TUESDAY, weekdays=(2,), start_minute=600, length_minutes=120, count=4)
NIGHTS = Pattern(first_day=date(2026, 10, 10), weekdays=(6,), start_minute=1320, length_minutes=480, count=5)
KEY = UUID(int=7)


class Fate(NamedTuple):
    """What became of one date."""

    gone: bool = False
    moved: int = 0
    longer: int = 0
    title: str = "Team"
    status: Status = Status.CONFIRMED


fates = st.one_of(
    st.just(Fate()),
    st.just(Fate()),
    st.builds(
        Fate,
        gone=st.booleans(),
        moved=st.sampled_from((0, 0, -45, 30, 180, 1440, 3000)),
        longer=st.sampled_from((0, 0, 30)),
        title=st.sampled_from(("Team", "Team", "Żółw, and others")),
        status=st.sampled_from((Status.CONFIRMED, *Status)),
    ),
)


@st.composite
def patterns(draw: st.DrawFn) -> Pattern:
    made = Pattern(
        first_day=draw(st.dates(date(2026, 9, 1), date(2027, 4, 10))),
        weekdays=tuple(draw(st.sets(st.integers(1, 7), min_size=1, max_size=4))),
        every_weeks=draw(st.sampled_from((1, 1, 2, 3))),
        start_minute=draw(
            st.one_of(st.integers(0, 95).map(lambda n: n * 15), st.sampled_from((0, 105, 120, 150, 1380)))
        ),
        length_minutes=draw(st.sampled_from((15, 60, 90, 300, 480, 1440))),
        count=draw(st.integers(1, 40)),
    )
    try:
        days_of(made)
    except Exception:
        assume(False)
    return made


@st.composite
def series(draw: st.DrawFn) -> tuple[Pattern, list[tuple[int, Entry]]]:
    pattern = draw(patterns())
    dates = occurrences(pattern)
    became = draw(st.lists(fates, min_size=len(dates), max_size=len(dates)))
    return pattern, booked(pattern, became)


def booked(pattern: Pattern, became: list[Fate]) -> list[tuple[int, Entry]]:
    """An entry of each date that is told of, as it would be by itself."""
    given = []
    for number, (date_, fate) in enumerate(zip(occurrences(pattern), became, strict=True), start=1):
        start = date_.start + timedelta(minutes=fate.moved)
        period = Period(start, date_.end + timedelta(minutes=fate.moved + fate.longer))
        if not fate.gone:
            given.append(
                (
                    number,
                    Entry(
                        uid=str(uuid7()),
                        period=period,
                        summary=fate.title,
                        changed_at=MADE,
                        status=fate.status,
                        location="L",
                    ),
                )
            )
    return given


def told(pattern: Pattern, given: list[tuple[int, Entry]], key: UUID = KEY) -> list[Entry]:
    repeating = Repeating(key, pattern, MADE, MADE, 0)
    return series_entries(repeating, f"https://incubator.example/series/{key}", given)


def shown(seen: list[Seen]) -> list[tuple[int, int, str, str]]:
    return sorted((one.start, one.end, one.summary, one.status) for one in seen)


def rows(given: list[tuple[int, Entry]]) -> list[tuple[int, int, str, str]]:
    return sorted(
        (int(one.period.start.timestamp()), int(one.period.end.timestamp()), one.summary, str(one.status))
        for _, one in given
    )


def expanders(octets: bytes) -> list[list[Seen]]:
    wide = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC))
    return [expanded_by_icalendar(octets, first=wide[0], last=wide[1]), expanded_by_ical_js(octets)]


@given(st.lists(series(), min_size=3, max_size=6))
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@example([(NIGHTS, booked(NIGHTS, [Fate()] * 5))])
@example(
    [
        (
            replace(NIGHTS, start_minute=150, weekdays=(7,)),
            booked(replace(NIGHTS, start_minute=150, weekdays=(7,)), [Fate()] * 5),
        )
    ]
)
@example(
    [
        (
            replace(NIGHTS, start_minute=0, length_minutes=120, weekdays=(7,)),
            booked(replace(NIGHTS, start_minute=0, length_minutes=120, weekdays=(7,)), [Fate()] * 5),
        )
    ]
)
@example(
    [
        (
            replace(NIGHTS, start_minute=1380, length_minutes=180),
            booked(replace(NIGHTS, start_minute=1380, length_minutes=180), [Fate(moved=180)] * 5),
        )
    ]
)
def test_whoever_expands_it_shows_the_dates_that_are_booked(
    given_series: list[tuple[Pattern, list[tuple[int, Entry]]]],
) -> None:
    entries, all_rows = [], []
    for pattern, given_entries in given_series:
        if given_entries:
            entries += told(pattern, given_entries, uuid7())
            all_rows += rows(given_entries)
    octets = calendar(Head(name="x"), entries)
    for seen in expanders(octets):
        assert shown(seen) == sorted(all_rows)
    assert len(with_libical(octets)) == len(entries) == len(with_icalendar(octets))


def test_four_tuesdays_are_one_entry() -> None:
    [entry] = told(TUESDAYS, booked(TUESDAYS, [Fate()] * 4))
    assert (entry.uid, entry.sequence, entry.url) == (
        str(KEY),
        sequence_at(MADE, 0),
        f"https://incubator.example/series/{KEY}",
    )
    assert entry.repeats is not None and entry.repeats.times == 4 and entry.repeats.left_out == ()
    assert len(entry.repeats.told) == 4


def test_what_could_not_be_had_is_left_out_and_what_is_otherwise_stands_for_its_date() -> None:
    became = [Fate(gone=True), Fate(moved=60), Fate(title="Farewell"), Fate(status=Status.CANCELLED)]
    whole, *others = told(TUESDAYS, booked(TUESDAYS, became))
    assert whole.repeats is not None
    assert whole.repeats.left_out == (on(TUESDAY, "10:00", "12:00").start,)
    week = timedelta(days=7)
    dates = [on(TUESDAY + week * n, "10:00", "12:00") for n in range(1, 4)]
    # Of as many looks, the first is the usual one, and it was moved.
    assert [one.instead_of for one in others] == [one.start for one in dates]
    assert {one.uid for one in others} == {whole.uid}


def test_a_series_called_off_whole_is_one_cancelled_entry() -> None:
    [entry] = told(TUESDAYS, booked(TUESDAYS, [Fate(status=Status.CANCELLED)] * 4))
    assert entry.status is Status.CANCELLED


def test_one_date_left_of_many_called_off_stands_by_itself() -> None:
    """A rule that is cancelled would hide it in apps that drop the whole."""
    whole, *others = told(TUESDAYS, booked(TUESDAYS, [Fate(status=Status.CANCELLED)] * 3 + [Fate()]))
    assert whole.status is Status.CONFIRMED and len(others) == 3


@pytest.mark.parametrize(
    "pattern",
    [
        Pattern(first_day=date(2026, 10, 18), weekdays=(7,), start_minute=150, length_minutes=60, count=2),
        Pattern(first_day=date(2027, 3, 21), weekdays=(7,), start_minute=150, length_minutes=60, count=2),
        Pattern(first_day=date(2035, 12, 20), weekdays=(4,), start_minute=600, length_minutes=60, count=4),
    ],
)
def test_no_rule_is_told_that_readers_would_not_agree_on(pattern: Pattern) -> None:
    assert dates_of(pattern) == ()
    given_entries = booked(pattern, [Fate()] * len(days_of(pattern)))
    assert told(pattern, given_entries) == [entry for _, entry in given_entries]


@pytest.mark.parametrize("read", READERS)
def test_every_reader_reads_the_rule_and_what_stands_for_its_dates(read: Callable[[bytes], list[Seen]]) -> None:
    octets = calendar(
        Head(name="x"), told(TUESDAYS, booked(TUESDAYS, [Fate(), Fate(), Fate(moved=60), Fate(gone=True)]))
    )
    assert [(one.uid, one.end - one.start) for one in read(octets)] == [(str(KEY), 7200)] * 2


def test_readers_are_told_the_same_days_as_in_the_rules() -> None:
    """A first day that is none of the weekdays, with weeks left out."""
    pattern = Pattern(
        first_day=date(2026, 9, 11), weekdays=(1, 3), every_weeks=2, start_minute=480, length_minutes=60, count=6
    )
    given_entries = booked(pattern, [Fate()] * 6)
    octets = calendar(Head(name="x"), told(pattern, given_entries))
    assert shown(expanded_by_ical_js(octets)) == rows(given_entries)
    assert len(with_ical_js(octets)) == 1
