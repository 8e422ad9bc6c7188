"""Which days can be asked for."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.reporting.rules import (
    Days,
    DaysOutOfReach,
    LastDayFirst,
    TooManyDays,
    days_asked,
    month_after,
    month_before,
    month_of,
)

TODAY = date(2026, 9, 7)
DAYS = st.dates(date(2000, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "asked"),
    [
        (None, None, (date(2026, 9, 1), date(2026, 9, 30))),
        (date(2026, 2, 10), None, (date(2026, 2, 10), date(2026, 2, 28))),
        (None, date(2028, 2, 29), (date(2028, 2, 1), date(2028, 2, 29))),
        (date(2026, 3, 1), date(2026, 3, 1), (date(2026, 3, 1), date(2026, 3, 1))),
        (date(2028, 1, 1), date(2028, 12, 31), (date(2028, 1, 1), date(2028, 12, 31))),
    ],
)
def test_what_is_not_said_is_filled_in(first: date | None, last: date | None, asked: tuple[date, date]) -> None:
    assert days_asked(first, last, today=TODAY) == Days(*asked)


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [
        (date(2026, 3, 2), date(2026, 3, 1), LastDayFirst),
        (date(2026, 1, 1), date(2027, 1, 2), TooManyDays),
        (date(1999, 12, 31), date(2000, 1, 1), DaysOutOfReach),
        (date(2199, 12, 31), date(2200, 1, 1), DaysOutOfReach),
        (date.min, date.max, DaysOutOfReach),
    ],
)
def test_days_that_make_no_sense_are_refused(first: date, last: date, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        days_asked(first, last, today=TODAY)


@given(DAYS)
def test_months_follow_each_other_without_a_gap(day: date) -> None:
    month = month_of(day)
    assert month.first <= day <= month.last and month.is_month
    before, after = month_before(month), month_after(month)
    assert before is None or (before.last + timedelta(days=1) == month.first and before.is_month)
    assert after is None or (month.last + timedelta(days=1) == after.first and after.is_month)


def test_there_is_no_month_beyond_the_edges_of_time() -> None:
    assert month_before(month_of(date(2000, 1, 5))) is None
    assert month_after(month_of(date(2199, 12, 5))) is None


def test_the_span_of_october_has_an_hour_more() -> None:
    assert month_of(date(2026, 10, 1)).span.length == timedelta(days=31, hours=1)
