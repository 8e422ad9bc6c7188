"""The writer against readers of others: what was put in comes out, to the letter and the second."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incubator.calendars.lines import FOLD, folded, text
from incubator.calendars.write import Entry, Head, Status, calendar
from incubator.kernel.period import Period, local_days
from tests.calendars.readers import READERS, Seen, with_ical_js, with_icalendar, with_libical

Reader = Callable[[bytes], list[Seen]]
WHEN = datetime(2026, 9, 1, 6, tzinfo=UTC)
HOSTILE = (
    "Rada; gminy, część\\nowa: 1/2",
    "two\nlines\r\nof text\rand more",
    "<script>alert('x')</script>",
    'END:VEVENT\r\nBEGIN:VEVENT\r\nUID:forged\r\nATTACH;X="',
    "😀👩‍👩‍👧‍👦" * 40,
    "موعد مع \u202eבדיקה\u202c " * 12 + ".",
    "żółć " * 60 + ".",
    "tab\tand\x00 nul \x07bell\x7f",
    "a\u2028b\u2029c\x85d",
    "\\,\\;\\n\\N\\\\",
    ",",
    "x" * 74 + "ą",
)


def entry(uid: str = "one", *, start: datetime = WHEN, end: datetime | None = None, summary: str = "Meeting") -> Entry:
    return Entry(uid=uid, period=Period(start, end or start + timedelta(hours=1)), summary=summary, changed_at=WHEN)


def readable(value: str) -> str:
    """What is left of a text once line breaks are alike and control characters gone."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in value if sign in "\n\t" or (sign >= " " and sign != "\x7f"))


def expected(entries: list[Entry]) -> list[Seen]:
    return sorted(
        Seen(
            one.uid,
            int(one.period.start.timestamp()),
            int(one.period.end.timestamp()),
            readable(one.summary),
            readable(one.location),
            readable(one.description),
            one.status,
            one.sequence,
            one.all_day,
        )
        for one in entries
    )


words = st.one_of(st.text(max_size=120), st.sampled_from(HOSTILE))
instants = st.datetimes(datetime(1900, 1, 1), datetime(2199, 1, 1)).map(
    lambda at: at.replace(tzinfo=UTC, microsecond=0)
)
near_the_change = st.builds(
    lambda day, minutes: day + timedelta(minutes=minutes),
    st.sampled_from([datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2027, 3, 27, 22, tzinfo=UTC)]),
    st.integers(0, 600),
)


times = st.builds(
    lambda start, minutes: Period(start, start + timedelta(minutes=minutes)),
    st.one_of(instants, near_the_change),
    st.one_of(st.integers(1, 600), st.integers(1, 600_000)),
)
days = st.builds(
    local_days,
    st.dates(date(1930, 1, 1), date(2199, 1, 1)) | st.sampled_from([date(2026, 10, 25), date(2027, 3, 28)]),
    st.integers(1, 400),
)


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    made = []
    for number in range(draw(st.integers(0, 4))):
        all_day = draw(st.booleans())
        made.append(
            Entry(
                uid=f"entry-{number}",
                period=draw(days if all_day else times),
                summary=draw(words),
                description=draw(words),
                location=draw(words),
                categories=tuple(draw(st.lists(words.filter(lambda word: readable(word).strip() != ""), max_size=2))),
                status=draw(st.sampled_from(Status)),
                sequence=draw(st.integers(0, 2**31 - 1)),
                changed_at=draw(instants),
                all_day=all_day,
            )
        )
    return made


@given(entries(), words)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_icalendar_reads_back_what_was_written(given_entries: list[Entry], name: str) -> None:
    octets = calendar(Head(name=name, description=name, refresh=timedelta(hours=1)), given_entries)
    assert with_icalendar(octets) == expected(given_entries)


@pytest.mark.parametrize("read", [with_ical_js, with_libical])
def test_other_readers_read_hostile_texts_alike(read: Reader) -> None:
    hostile = [
        Entry(
            uid=f"entry-{number}",
            period=Period(WHEN, WHEN + timedelta(hours=1)),
            summary=words,
            location=words,
            description=f"{words}\n\n{words}",
            categories=(words,),
            changed_at=WHEN,
        )
        for number, words in enumerate(HOSTILE)
    ]
    assert read(calendar(Head(name=HOSTILE[3]), hostile)) == expected(hostile)


@pytest.mark.parametrize("read", READERS)
def test_every_half_hour_of_both_clock_change_nights_is_one_instant_for_every_reader(read: Reader) -> None:
    nights = [datetime(2026, 10, 24, 20, tzinfo=UTC), datetime(2027, 3, 27, 20, tzinfo=UTC)]
    starts = [night + timedelta(minutes=30 * step) for night in nights for step in range(16)]
    written = [
        entry(f"{start:%Y%m%d%H%M}-{length}", start=start, end=start + timedelta(minutes=length))
        for start in starts
        for length in (30, 60, 180, 3 * 1440)
    ]
    assert read(calendar(Head(name="Nights"), written)) == expected(written)


@pytest.mark.parametrize("read", READERS)
def test_any_year_is_the_same_instant_for_every_reader(read: Reader) -> None:
    years = [1975, 1988, 1995, 1996, 1997, 2005, 2026, 2035, 2036, 2037, 2038, 2060, 2199]
    written = [
        entry(f"{year}-{month}", start=datetime(year, month, 15, 10, tzinfo=UTC))
        for year in years
        for month in range(1, 13)
    ]
    assert read(calendar(Head(name="Years"), written)) == expected(written)


@pytest.mark.parametrize("read", READERS)
def test_days_are_days_for_every_reader(read: Reader) -> None:
    first = [date(2026, 9, 1), date(2026, 10, 25), date(2027, 3, 28), date(2060, 12, 31), date(1980, 1, 1)]
    written = [
        Entry(uid=f"{day}-{many}", period=local_days(day, many), summary="Day", changed_at=WHEN, all_day=True)
        for day in first
        for many in (1, 2, 31)
    ]
    octets = calendar(Head(name="Days"), written)
    assert read(octets) == expected(written)
    assert b"\r\nDTSTART;VALUE=DATE:20261025\r\nDTEND;VALUE=DATE:20261026\r\n" in octets


@given(st.text(max_size=400))
def test_no_line_is_longer_than_75_octets_and_no_character_is_cut(value: str) -> None:
    lines = text("SUMMARY", value).split("\r\n")
    assert all(len(line.encode()) <= FOLD for line in lines)
    assert all(line.startswith(" ") for line in lines[1:])


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=400))
def test_unfolding_gives_the_line_back(line: str) -> None:
    assert folded(line).replace("\r\n ", "") == line


def test_a_forged_line_stays_a_text() -> None:
    octets = calendar(Head(name="x"), [entry(summary="a\r\nEND:VEVENT\r\nATTACH:http://evil.example\r\n")])
    assert octets.count(b"\r\nEND:VEVENT\r\n") == 1
    assert b"\r\nATTACH" not in octets


def test_the_same_entries_give_the_same_octets() -> None:
    assert calendar(Head(name="x"), [entry()]) == calendar(Head(name="x"), [entry()])
