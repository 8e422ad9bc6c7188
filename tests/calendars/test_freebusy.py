"""Free and busy: what is taken, merged and sorted, and not a word of what for."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from incubator.bookings.series_rules import Pattern
from incubator.calendars.freebusy import joined, piece
from incubator.calendars.write import Entry, Head, Status
from incubator.kernel.period import Period
from tests.calendars.readers import checked_by_libical
from tests.calendars.test_series_entry import Fate, booked, told

START = datetime(2026, 9, 1, tzinfo=UTC)
SPAN = Period(START, START + timedelta(hours=48))
HOUR = timedelta(hours=1)


def entry(first: float, last: float, status: Status = Status.CONFIRMED, *, free: bool = False) -> Entry:
    period = Period(START + first * HOUR, START + last * HOUR)
    return Entry(uid="secret", period=period, summary="Secret", changed_at=START, status=status, free=free)


def written(entries: list[Entry]) -> bytes:
    return joined(Head(name="x"), map(piece, entries), key=UUID(int=7), span=SPAN, changed_at=START)


def read(octets: bytes) -> list[tuple[float, float, str]]:
    """Hours since the start, as icalendar reads them."""
    [one] = Calendar.from_ical(octets).walk("VFREEBUSY")
    found = one.get("FREEBUSY", [])
    return [
        ((said.start - START) / HOUR, (said.end - START) / HOUR, said.params["FBTYPE"])
        for said in (found if isinstance(found, list) else [found])
    ]


def test_what_touches_is_one_and_what_is_firm_goes_first() -> None:
    octets = written(
        [
            entry(9, 11),
            entry(8, 9),
            entry(10, 12, Status.TENTATIVE),
            entry(13, 14, Status.CANCELLED),
            entry(15, 16, free=True),
        ]
    )
    assert read(octets) == [(8, 11, "BUSY"), (11, 12, "BUSY-TENTATIVE")]
    assert b"Secret" not in octets and b"secret" not in octets
    checked_by_libical(octets)


def test_what_reaches_over_the_edge_is_cut() -> None:
    assert read(written([entry(-5, 1), entry(47, 60), entry(50, 51), entry(-3, -2)])) == [
        (0, 1, "BUSY"),
        (47, 48, "BUSY"),
    ]


def test_nothing_taken_is_nothing_said() -> None:
    octets = written([])
    assert read(octets) == []
    checked_by_libical(octets)


def test_a_series_is_taken_on_each_of_its_dates() -> None:
    pattern = Pattern(first_day=date(2026, 9, 1), weekdays=(2, 3), start_minute=600, length_minutes=60, count=2)
    entries = told(pattern, booked(pattern, [Fate(), Fate(moved=60)]))
    assert read(written(entries)) == [(8, 9, "BUSY"), (33, 34, "BUSY")]


spans = st.tuples(st.integers(0, 90), st.integers(1, 20), st.sampled_from([Status.CONFIRMED, Status.TENTATIVE]))


@given(st.lists(spans, max_size=25))
def test_every_half_hour_is_told_as_it_is(given_spans: list[tuple[int, int, Status]]) -> None:
    entries = [entry(first / 2, (first + length) / 2, status) for first, length, status in given_spans]
    told_of = read(written(entries))
    assert told_of == sorted(told_of)
    for slot in range(96):
        here = {status for first, length, status in given_spans if first <= slot < first + length}
        expected = ["BUSY"] if Status.CONFIRMED in here else ["BUSY-TENTATIVE"] if here else []
        assert [how for first, last, how in told_of if first <= slot / 2 < last] == expected
