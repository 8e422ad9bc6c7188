"""What of a thing is told: what the service makes of a series is what a reader of the whole makes of it."""

from datetime import UTC, date, datetime, timedelta

import recurring_ical_events
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from incubator.bookings.series_rules import Pattern
from incubator.caldav.data import Data, written
from incubator.caldav.filters import Range
from incubator.calendars.write import Entry, Status, single
from tests.calendars.readers import checked_by_libical, instant, with_icalendar
from tests.calendars.test_series_entry import NIGHTS, TUESDAYS, Fate, booked, series, told
from tests.moments import TUESDAY, on

FIRST = datetime(2026, 8, 1, tzinfo=UTC)
WEEK = timedelta(weeks=1)
ranges = st.builds(
    lambda start, length: Range(FIRST + timedelta(hours=start), FIRST + timedelta(hours=start + length)),
    st.integers(0, 24 * 400),
    st.one_of(st.integers(1, 100), st.integers(1, 24 * 400)),
)
OCTOBER = Range(datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 12, tzinfo=UTC))


@given(series(), ranges)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@example((NIGHTS, booked(NIGHTS, [Fate(), Fate(moved=180), Fate(), Fate(gone=True), Fate()])), OCTOBER)
def test_each_date_by_itself_is_what_readers_make_of_the_whole(
    given_series: tuple[Pattern, list[tuple[int, Entry]]], within: Range
) -> None:
    pattern, given_entries = given_series
    entries = told(pattern, given_entries)
    assert within.start is not None and within.end is not None
    whole = Calendar.from_ical(single(entries))
    expected = recurring_ical_events.of(whole).between(within.start, within.end)
    octets = written(entries, Data(expand=within))
    found = Calendar.from_ical(octets).events
    assert sorted(map(_seen, found)) == sorted(map(_seen, expected))
    for word in (b"RRULE", b"RDATE", b"EXDATE", b"TZID", b"VTIMEZONE", b"DURATION"):
        assert word not in octets
    assert all(str(one["DTSTART"].dt.tzinfo) == "UTC" for one in found)


def test_dates_say_which_they_were_and_are_in_order() -> None:
    entries = told(TUESDAYS, booked(TUESDAYS, [Fate(), Fate(moved=2 * 7 * 1440 + 180), Fate(gone=True), Fate()]))
    octets = written(entries, Data(expand=Range(FIRST, FIRST + 20 * WEEK)))
    found = [(one["RECURRENCE-ID"].dt, one["DTSTART"].dt) for one in Calendar.from_ical(octets).events]
    one, two, four = [on(TUESDAY + n * WEEK, "10:00", "12:00").start for n in (0, 1, 3)]
    assert found == [(one, one), (four, four), (two, two + 2 * WEEK + timedelta(hours=3))]
    checked_by_libical(octets)


def test_what_is_once_is_told_in_utc_and_is_of_no_series() -> None:
    entry = Entry(uid="a", period=on(date(2026, 10, 25), "10:00", "12:00"), summary="x", changed_at=FIRST)
    octets = written([entry], Data(expand=Range(FIRST, FIRST + 20 * WEEK)))
    assert b"DTSTART:20261025T090000Z\r\nDTEND:20261025T110000Z" in octets and b"RECURRENCE-ID" not in octets


def test_what_was_called_off_of_a_series_is_told_so() -> None:
    entries = told(TUESDAYS, booked(TUESDAYS, [Fate(), Fate(status=Status.CANCELLED), Fate(), Fate()]))
    seen = with_icalendar(written(entries, Data(expand=Range(FIRST, FIRST + 20 * WEEK))))
    assert sorted(one.status for one in seen) == ["CANCELLED", "CONFIRMED", "CONFIRMED", "CONFIRMED"]


def test_of_a_range_without_a_date_nothing_is_told() -> None:
    entries = told(TUESDAYS, booked(TUESDAYS, [Fate()] * 4))
    assert Calendar.from_ical(written(entries, Data(expand=Range(FIRST, FIRST + WEEK)))).events == []


def test_a_range_of_all_times_makes_no_more_of_it_than_there_are_bookings() -> None:
    """A rule is not what dates are made of, so no end of it has to be waited for."""
    daily = Pattern(first_day=TUESDAY, weekdays=tuple(range(1, 8)), start_minute=600, length_minutes=60, count=150)
    entries = told(daily, booked(daily, [Fate()] * 150))
    ever = Range(datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC))
    octets = written(entries, Data(expand=ever))
    assert octets.count(b"BEGIN:VEVENT") == 150 and len(octets) < 150 * 400


def _seen(event: Event) -> tuple[int, int, int, str, str]:
    which = instant(event["RECURRENCE-ID"].dt)
    return which, instant(event["DTSTART"].dt), instant(event.end), str(event["SUMMARY"]), str(event["STATUS"])
