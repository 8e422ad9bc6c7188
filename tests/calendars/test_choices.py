"""What a subscriber may choose of a feed."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.calendars.choices import (
    FIRST,
    LAST,
    LONGEST,
    MOST_DAYS,
    NONE,
    USUAL,
    CalendarCancelled,
    CalendarDates,
    CalendarNames,
    Choices,
    UnknownLanguage,
    choices_in,
)
from incubator.kernel.errors import Refusal
from incubator.kernel.period import WARSAW

KINDS = frozenset({"booking", "meeting", "session"})
NOW = datetime(2026, 9, 2, 10, tzinfo=UTC)
DAYS = st.dates(min_value=FIRST, max_value=LAST)


def chosen(query: str) -> Choices:
    return choices_in(query.encode(), kinds=KINDS, topical=True)


def test_nothing_chosen_is_the_usual_window_with_a_month_of_what_was_cancelled() -> None:
    window = chosen("").window(NOW)
    assert chosen("") == chosen("v=7&lang=") == NONE and NONE.tag == ""
    assert window.span.end - window.span.start > timedelta(days=460)
    assert window.cancelled_since == datetime(2026, 8, 1, tzinfo=WARSAW)


def test_days_are_both_included() -> None:
    span = chosen("from=2026-03-29&to=2026-03-29").window(NOW).span
    assert span.end - span.start == timedelta(hours=23), "the day on which the clocks go forward"


@given(DAYS)
def test_one_day_alone_gives_the_usual_length(day: date) -> None:
    first, last = chosen(f"from={day}"), chosen(f"to={day}")
    assert (first.first, last.last) == (day, day)
    assert first.last == min(day + USUAL, LAST) and last.first == max(day - USUAL, FIRST)


@given(DAYS, DAYS)
def test_days_are_in_order_and_at_most_three_years_apart(first: date, last: date) -> None:
    query = f"from={first}&to={last}"
    if first <= last <= first + LONGEST:
        assert (chosen(query).first, chosen(query).last) == (first, last)
    else:
        with pytest.raises(CalendarDates):
            chosen(query)


@pytest.mark.parametrize(
    "bad", ["2026-9-1", "2026-02-30", "9999-01-01", "0001-01-01", "today", "20260901", "2026-09-01\n", "٢٠٢٦-09-01"]
)
@pytest.mark.parametrize("name", ["from", "to"])
def test_a_day_that_is_none_is_refused(name: str, bad: str) -> None:
    with pytest.raises(CalendarDates):
        chosen(urlencode({name: bad}))


@pytest.mark.parametrize("bad", ["91", "-1", "1.5", "many", "1000", "１"])
def test_cancelled_is_a_number_of_days(bad: str) -> None:
    with pytest.raises(CalendarCancelled):
        chosen(f"cancelled={quote(bad)}")
    assert chosen("cancelled=0").cancelled_for == timedelta()
    assert chosen(f"cancelled={MOST_DAYS}").cancelled_for == timedelta(days=MOST_DAYS)


def test_kinds_come_in_any_order_and_all_of_them_are_as_good_as_none() -> None:
    assert chosen("kinds=session,booking") == chosen("kinds=booking,%20session,booking,")
    assert chosen("kinds=session,booking,meeting") == chosen("kinds=") == NONE
    assert chosen("kinds=session&kinds=booking").kinds == ("booking", "session")
    assert choices_in(b"kinds=party&topics=tax") == NONE, "of a feed without kinds"


def test_topics_are_anybodys_words_but_bounded() -> None:
    assert chosen("topics=" + quote("podatki,zamówienia")).topics == ("podatki", "zamówienia")
    for bad in (",".join(map(str, range(11))), "x" * 61, "a\0b"):
        with pytest.raises(CalendarNames):
            chosen("topics=" + quote(bad))


def test_topics_with_commas_come_one_by_one() -> None:
    assert chosen("topic=" + quote("podatki, ZUS") + "&topic=law").topics == ("law", "podatki, ZUS")
    assert chosen("topic=tax&topics=law,tax") == chosen("topics=tax,law"), "addresses from before stay good"
    for bad in ("&topic=".join(map(str, range(11))), "x" * 61, quote("a\0b")):
        with pytest.raises(CalendarNames):
            chosen(f"topic={bad}")


def test_of_names_that_are_gone_the_others_are_told() -> None:
    assert chosen("kinds=booking,party&languages=de,uk") == chosen("kinds=booking&languages=uk")
    for gone in ("kinds=party", "languages=de"):
        with pytest.raises(CalendarNames):
            chosen(gone)


def test_languages() -> None:
    assert chosen("lang=en").locale == "en" and chosen("languages=uk,en").languages == ("en", "uk")
    for bad, refusal in (("lang=de", UnknownLanguage), ("languages=de", CalendarNames)):
        with pytest.raises(refusal):
            chosen(bad)


@given(st.binary(max_size=200))
def test_any_query_is_chosen_from_or_refused(query: bytes) -> None:
    try:
        found = choices_in(query, kinds=KINDS, topical=True)
    except Refusal:
        return
    assert found.window(NOW).span.start < found.window(NOW).span.end


CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "from": st.sampled_from(["2026-01-01", "2026-02-01"]),
        "to": st.sampled_from(["2026-03-01", "2026-04-01"]),
        "kinds": st.sampled_from(["booking", "meeting", "booking,meeting"]),
        "topics": st.sampled_from(["tax", "tax,law", "law"]),
        "languages": st.sampled_from(["en", "uk"]),
        "cancelled": st.sampled_from(["0", "5"]),
    },
)


@given(CHOICES, CHOICES)
def test_the_tag_is_the_same_for_the_same_choices_alone(one: dict[str, str], other: dict[str, str]) -> None:
    first, second = chosen(urlencode(one)), chosen(urlencode(other))
    assert (first.tag == second.tag) == (first == second)
    assert chosen(urlencode({**one, "lang": "en"})).tag == first.tag, "the language stands beside it"
    assert (first.tag.isascii() and first.tag.isalnum()) or first == NONE
