"""A day as the coordinator reads it: what is on, what is late, what is over."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from incubator.bookings.agenda import Phase, agenda, coming_up
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.kernel.ids import uuid7
from incubator.kernel.period import Period, local_days
from tests.moments import MONDAY, NOW, on

DAY = local_days(MONDAY)
KEY = uuid7()


def booking(period: Period, state: State = State.CONFIRMED, **given: object) -> BookingView:
    made = BookingView(
        id=uuid7(),
        space_id=KEY,
        space_slug="s",
        space_name_pl="S",
        space_name_en="S",
        incubator_id=KEY,
        incubator_slug="las",
        incubator_name="LAS",
        gmina_id=KEY,
        account_id=KEY,
        account_name="Member",
        organisation_id=None,
        organisation_name=None,
        period=period,
        state=state,
        title="",
        note="",
        attendees=None,
        hold_expires_at=None,
        quota_id=None,
        credit_id=None,
        part_of=None,
        series_id=None,
        occurrence=None,
        reason="",
        checked_in_at=None,
        created_at=NOW,
        changed_at=NOW,
        sequence=0,
        cancel_minutes=0,
    )
    return replace(made, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "end", "state", "phase"),
    [
        ("7:00", "9:00", State.CONFIRMED, Phase.OVER),  # it is nine
        ("8:00", "10:00", State.CHECKED_IN, Phase.ON),
        ("9:15", "10:00", State.CHECKED_IN, Phase.ON),  # early, and here
        ("8:00", "10:00", State.NO_SHOW, Phase.OVER),
        ("8:00", "10:00", State.CONFIRMED, Phase.LATE),
        ("9:00", "10:00", State.CONFIRMED, Phase.LATE),
        ("9:01", "10:00", State.CONFIRMED, Phase.COMING),
    ],
)
def test_each_booking_is_coming_late_on_or_over(start: str, end: str, state: State, phase: Phase) -> None:
    day = agenda([booking(on(MONDAY, start, end), state)], span=DAY, now=NOW)
    assert [one.phase for one in day.entries] == [phase]
    assert day.count(phase) == 1


def test_what_is_called_off_stands_apart_and_what_lapsed_is_gone() -> None:
    lapsed = booking(on(MONDAY, "10:00", "11:00"), State.HELD, hold_expires_at=NOW)
    held = booking(on(MONDAY, "12:00", "13:00"), State.HELD, hold_expires_at=NOW + timedelta(minutes=1))
    off = [booking(on(MONDAY, "10:00", "11:00"), state) for state in (State.CANCELLED, State.DECLINED)]
    day = agenda([lapsed, held, *off, booking(on(MONDAY, "10:00", "11:00"), State.EXPIRED)], span=DAY, now=NOW)
    assert [one.booking for one in day.entries] == [held]
    assert list(day.off) == off
    assert day.coming == 0  # nobody has confirmed it


def test_a_stay_of_weeks_is_no_hour_of_the_day() -> None:
    first = booking(local_days(MONDAY, 14))
    middle = booking(local_days(date(2026, 9, 1), 14))
    night = booking(on(MONDAY, "20:00", "2:00"))
    day = agenda([first, middle, night], span=DAY, now=NOW)
    assert [one.booking for one in day.stays] == [first, middle]
    assert [(one.since_before, one.goes_on) for one in day.stays] == [(False, True), (True, True)]
    assert [(one.since_before, one.goes_on) for one in day.entries] == [(False, True)]


def test_the_turn_is_the_first_that_is_not_over() -> None:
    hours = [("7:00", "8:00"), ("8:00", "8:30"), ("8:30", "9:30"), ("10:00", "11:00")]
    day = agenda([booking(on(MONDAY, *one)) for one in hours], span=DAY, now=NOW)
    assert day.turn == 2
    assert [one.booking.period.start for one in coming_up(day.entries, most=3)] == [on(MONDAY, "10:00", "11:00").start]
    assert agenda([], span=DAY, now=NOW).turn == 0
