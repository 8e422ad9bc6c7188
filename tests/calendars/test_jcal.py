"""jCal: the same calendar as JSON, as others turn ours into it."""

import json
from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incubator.bookings.series_rules import Pattern
from incubator.calendars import jcal
from incubator.calendars.write import Entry, Head, Status, calendar
from incubator.kernel.period import Period, local_days
from tests.calendars.readers import JSON, as_json_by_ical_js, with_icalendar, with_icalendar_of_json
from tests.calendars.test_series_entry import Fate, booked, told
from tests.calendars.test_write import HOSTILE, entries, words

WHEN = datetime(2026, 9, 1, 6, tzinfo=UTC)
FULL = Entry(
    uid="one",
    period=Period(WHEN, WHEN + timedelta(hours=2)),
    summary="Talk; and, more",
    changed_at=WHEN,
    created_at=WHEN,
    description="first\nsecond",
    location="L, LAS",
    categories=("Room", "a,b"),
    url="https://incubator.example/bookings/1",
    color="steelblue",
    geo=(50.034512, 20.2),
    image="https://incubator.example/photos/1",
    conference="https://meet.example/1?a=b;c,d",
    free=True,
)
TWICE = Pattern(
    first_day=date(2026, 10, 6), weekdays=(2, 4), every_weeks=2, start_minute=600, length_minutes=90, count=9
)


def known(value: JSON) -> JSON:
    """Readers do not know the names of RFC 7986, and leave those texts as they were written."""
    if isinstance(value, list) and value[:1] in (["name"], ["color"]) and value[2:3] == ["unknown"]:
        said = str(value[3]).replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
        return [*value[:2], "text", said]
    return [known(one) for one in value] if isinstance(value, list) else value


def both(head: Head, given_entries: list[Entry]) -> tuple[JSON, JSON]:
    return json.loads(jcal.calendar(head, given_entries)), known(as_json_by_ical_js(calendar(head, given_entries)))


def test_it_is_what_ical_js_makes_of_ours() -> None:
    became = [Fate(), Fate(gone=True), Fate(moved=30), *[Fate()] * 4, Fate(status=Status.CANCELLED), Fate(title="Last")]
    series = told(TWICE, booked(TWICE, became))
    head = Head(name="Calendar; mine", description="d", url="https://incubator.example/", refresh=timedelta(hours=1))
    day = FULL._replace(uid="day", period=local_days(date(2026, 10, 25), 2), all_day=True)
    ours, theirs = both(head, [FULL, day, *series])
    assert ours == theirs


@given(entries(), words)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_both_forms_say_the_same(given_entries: list[Entry], name: str) -> None:
    head = Head(name=name, description=name)
    assert with_icalendar_of_json(jcal.calendar(head, given_entries)) == with_icalendar(calendar(head, given_entries))


def test_hostile_texts_stay_texts() -> None:
    hostile = [FULL._replace(uid=str(n), summary=said, description=said) for n, said in enumerate(HOSTILE)]
    ours, theirs = both(Head(name="x"), hostile)
    assert ours == theirs


@given(
    st.sampled_from(["https://x.example/\r\nATTENDEE:mailto:a@b.example", "javascript:alert(1)", "https://a b", "x"])
)
def test_a_link_that_is_none_is_left_out(link: str) -> None:
    head, entry = Head(name="x"), FULL._replace(conference=link)
    assert b"CONFERENCE" not in calendar(head, [entry]) and b"conference" not in jcal.calendar(head, [entry])
