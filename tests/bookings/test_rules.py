"""May this period be booked? Each rule at its edge, without a database."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from incubator.bookings.rules import (
    InThePast,
    LocalOnly,
    NotWelcome,
    OffGrid,
    OutsideOpeningHours,
    TooFarAhead,
    TooLong,
    TooManyPeople,
    TooShort,
    TooSoon,
    Wish,
    check,
    may_still_cancel,
    quota_draws,
)
from incubator.kernel.errors import Refusal
from incubator.kernel.period import Period
from tests.moments import NOW, on, tuesday

OPEN = tuesday("8:00", "20:00")
TEN = tuesday("10:00", "11:00")


@dataclass(frozen=True)
class Rules:
    grid_minutes: int = 30
    shortest_minutes: int = 60
    longest_minutes: int = 240
    lead_minutes: int = 0
    horizon_days: int = 90
    open: tuple[Period, ...] = (OPEN,)
    audience: tuple[str, ...] = ("person", "startup")
    local_only: bool = False
    capacity: int = 10


WISH = Wish(TEN, NOW, "person", is_local=False)


def test_a_wish_that_keeps_every_rule_is_let_through() -> None:
    check(WISH, Rules())


@pytest.mark.parametrize(
    ("refusal", "wish", "rules"),
    [
        (NotWelcome, replace(WISH, holder_kind="ngo"), Rules()),
        (LocalOnly, WISH, Rules(local_only=True)),
        (OffGrid, replace(WISH, period=tuesday("10:15", "11:15")), Rules()),
        (OffGrid, replace(WISH, period=tuesday("10:00", "11:15")), Rules()),
        (OffGrid, replace(WISH, period=Period(TEN.start + timedelta(seconds=1), TEN.end)), Rules()),
        (OffGrid, replace(WISH, period=Period(TEN.start, TEN.end + timedelta(microseconds=1))), Rules()),
        (TooShort, replace(WISH, period=tuesday("10:00", "10:30")), Rules()),
        (TooLong, replace(WISH, period=tuesday("10:00", "14:30")), Rules()),
        (InThePast, replace(WISH, now=TEN.end), Rules()),
        (InThePast, replace(WISH, now=TEN.start + timedelta(minutes=31)), Rules()),
        (TooSoon, replace(WISH, now=TEN.start - timedelta(minutes=119)), Rules(lead_minutes=120)),
        (TooFarAhead, replace(WISH, now=TEN.start - timedelta(days=2)), Rules(horizon_days=1)),
        (OutsideOpeningHours, replace(WISH, period=tuesday("7:30", "9:00")), Rules()),
        (OutsideOpeningHours, replace(WISH, period=tuesday("19:30", "20:30")), Rules()),
        (OutsideOpeningHours, WISH, Rules(open=())),
        (
            OutsideOpeningHours,
            replace(WISH, period=tuesday("11:00", "13:00")),
            Rules(open=(tuesday("8:00", "12:00"), tuesday("12:30", "20:00"))),
        ),
        (TooManyPeople, replace(WISH, attendees=11), Rules()),
    ],
)
def test_each_rule_has_its_refusal(refusal: type[Refusal], wish: Wish, rules: Rules) -> None:
    with pytest.raises(refusal):
        check(wish, rules)


@pytest.mark.parametrize(
    ("wish", "rules"),
    [
        (replace(WISH, is_local=True), Rules(local_only=True)),
        (replace(WISH, period=tuesday("8:00", "9:00")), Rules()),
        (replace(WISH, period=tuesday("19:00", "20:00")), Rules()),
        (replace(WISH, period=tuesday("10:00", "14:00")), Rules()),
        # People arrive: the step of the grid that has begun may still be booked.
        (replace(WISH, now=TEN.start + timedelta(minutes=30)), Rules()),
        (replace(WISH, now=TEN.start - timedelta(minutes=120)), Rules(lead_minutes=120)),
        (replace(WISH, now=datetime(2026, 9, 6, 22, 0, tzinfo=UTC)), Rules(horizon_days=1)),
        (replace(WISH, attendees=10), Rules()),
        (replace(WISH, period=tuesday("10:05", "11:05")), Rules(grid_minutes=5)),
        (
            replace(WISH, period=on(date(2026, 9, 8), "0:00", "0:00")),
            Rules(
                grid_minutes=1440,
                longest_minutes=1440,
                open=(
                    on(date(2026, 9, 7), "12:00", "12:00"),
                    Period(on(date(2026, 9, 7), "0:00", "1:00").start, on(date(2026, 9, 10), "0:00", "1:00").start),
                ),
            ),
        ),
    ],
)
def test_the_edge_itself_is_let_through(wish: Wish, rules: Rules) -> None:
    check(wish, rules)


def test_who_is_not_welcome_is_told_so_before_anything_else() -> None:
    """A rule about the time would send them looking for another."""
    with pytest.raises(NotWelcome):
        check(replace(WISH, holder_kind="ngo", period=tuesday("3:07", "3:09"), now=TEN.end), Rules())


def test_the_cancellation_window_ends_so_many_minutes_before_the_start() -> None:
    assert may_still_cancel(TEN, cancel_minutes=120, now=TEN.start - timedelta(minutes=120))
    assert not may_still_cancel(TEN, cancel_minutes=120, now=TEN.start - timedelta(minutes=120) + timedelta(seconds=1))
    assert may_still_cancel(TEN, cancel_minutes=0, now=TEN.start)


def test_weeks_and_months_change_at_midnight_in_warsaw() -> None:
    weekend = Period(on(date(2026, 9, 13), "23:00", "0:00").start, on(date(2026, 9, 14), "0:00", "2:00").end)
    assert quota_draws(weekend, unit="week") == [(date(2026, 9, 7), 60), (date(2026, 9, 14), 120)]
    assert quota_draws(weekend, unit="month") == [(date(2026, 9, 1), 180)]
    new_year = Period(on(date(2026, 12, 31), "22:00", "0:00").start, on(date(2027, 1, 1), "0:00", "1:00").end)
    assert quota_draws(new_year, unit="month") == [(date(2026, 12, 1), 120), (date(2027, 1, 1), 60)]
    assert quota_draws(new_year, unit="week") == [(date(2026, 12, 28), 180)]
