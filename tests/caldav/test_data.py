"""What of a thing is told: what the service makes of a series is what a reader of the whole makes of it."""

from datetime import UTC, date, datetime, timedelta

import recurring_ical_events
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from incubator.bookings.series_rules import Pattern
from incubator.caldav.data import Data, of_one_uid, written
from incubator.caldav.parts import ALL, Part
from incubator.caldav.range import Range
from incubator.calendars.write import Entry, Status, single
from tests.calendars.readers import checked_by_libical, expanded_by_icalendar, instant, with_icalendar
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


TWICE = Pattern(first_day=date(2026, 10, 18), weekdays=(7,), start_minute=150, length_minutes=60, count=3)


def test_a_series_whose_rule_is_not_told_is_one_thing_with_one_uid() -> None:
    """In the hour that October has twice: readers show each of its dates, and those alone."""
    entries = told(TWICE, booked(TWICE, [Fate(), Fate(title="Night"), Fate(status=Status.CANCELLED)]))
    assert len({entry.uid for entry in entries}) == 3
    octets = single(of_one_uid("series", entries))
    checked_by_libical(octets)
    events = Calendar.from_ical(octets).events
    assert [str(one["UID"]) for one in events] == ["series"] * 2
    assert len({one["RECURRENCE-ID"].dt for one in events}) == 2
    shown = expanded_by_icalendar(octets, first=FIRST, last=FIRST + 20 * WEEK)
    assert [(one.start, one.summary) for one in shown] == [
        (instant(entry.period.start), entry.summary) for entry in entries[:2]
    ]


def test_two_dates_at_one_time_are_told_apart() -> None:
    entry = Entry(uid="a", period=on(TUESDAY, "10:00", "11:00"), summary="x", changed_at=FIRST)
    found = of_one_uid("series", [entry, entry._replace(uid="b", location="L")])
    assert len({one.instead_of for one in found}) == 2 and {one.period for one in found} == {entry.period}
    assert of_one_uid("series", [entry]) == [entry], "what is by itself keeps its own"


@given(series(), ranges)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_limited_series_is_the_same_within_the_range(
    given_series: tuple[Pattern, list[tuple[int, Entry]]], within: Range
) -> None:
    pattern, given_entries = given_series
    entries = told(pattern, given_entries)
    assert within.start is not None and within.end is not None
    limited, whole = (
        recurring_ical_events.of(Calendar.from_ical(octets)).between(within.start, within.end)
        for octets in (written(entries, Data(limit=within)), single(entries))
    )
    assert sorted(map(_seen, limited)) == sorted(map(_seen, whole))


def test_what_stands_for_a_date_is_left_out_where_neither_of_its_times_is_within() -> None:
    """Its time before counts as well: whoever reads the rule would show it there."""
    entries = told(TUESDAYS, booked(TUESDAYS, [Fate(), Fate(moved=2 * 1440), Fate(), Fate()]))
    week = on(TUESDAY + WEEK, "0:00", "23:59")
    for days, count in ((-1, 1), (0, 2), (1, 1), (2, 2), (3, 1)):
        within = Range(week.start + timedelta(days=days), week.end + timedelta(days=days))
        octets = written(entries, Data(limit=within))
        assert octets.count(b"BEGIN:VEVENT") == count, days
        assert b"RRULE" in octets and b"VTIMEZONE" in octets


ONE = Entry(
    uid="a",
    period=on(TUESDAY, "10:00", "11:00"),
    summary="One, two; and a line that is so long that it has to be folded somewhere",
    changed_at=FIRST,
    description="x",
)


def test_of_components_and_properties_those_that_are_named() -> None:
    event = Part({"SUMMARY": True, "DTSTART": False, "ATTENDEE": True}, {})
    text = written([ONE], Data(part=Part({"VERSION": True}, {"VEVENT": event}))).decode()
    assert text.split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "BEGIN:VEVENT",
        "DTSTART;TZID=Europe/Warsaw:",
        "SUMMARY:One\\, two\\; and a line that is so long that it has to be folded som",
        " ewhere",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_what_wants_all_of_something_gets_all_of_it() -> None:
    whole = single([ONE])
    everything = Part(None, {"VEVENT": ALL, "VTIMEZONE": ALL})
    assert written([ONE], Data(part=everything)) == whole == written([ONE], Data())
    zone = written([ONE], Data(part=Part({}, {"VTIMEZONE": Part({"TZID": True}, None)}))).decode()
    assert zone.count("RRULE") == 0 and zone.count("BEGIN:DAYLIGHT") == zone.count("TZID:Europe/Warsaw") == 1
    assert "VEVENT" not in zone


def test_parts_are_taken_of_what_was_expanded() -> None:
    entries = told(TUESDAYS, booked(TUESDAYS, [Fate()] * 4))
    wanted = Data(expand=Range(FIRST, FIRST + 20 * WEEK), part=Part({}, {"VEVENT": Part({"RECURRENCE-ID": True}, {})}))
    assert written(entries, wanted).decode().split("\r\n")[1:4] == [
        "BEGIN:VEVENT",
        "RECURRENCE-ID:20260908T080000Z",
        "END:VEVENT",
    ]


def _seen(event: Event) -> tuple[int, int, int, str, str]:
    which = instant(event.get("RECURRENCE-ID", event["DTSTART"]).dt)
    return which, instant(event["DTSTART"].dt), instant(event.end), str(event["SUMMARY"]), str(event["STATUS"])
