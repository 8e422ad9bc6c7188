"""The week as people see it: rules without a database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from incubator.bookings.week import Axis, Bar, DayCell, Times, axis_of, day_cell
from incubator.kernel.period import Period, local_days, local_moment

DAY = date(2026, 9, 8)
NOW = datetime(2026, 9, 7, 7, 0, tzinfo=UTC)
AXIS = Axis(480, 1200)


@dataclass(frozen=True)
class Rules:
    grid_minutes: int = 30
    shortest_minutes: int = 30
    longest_minutes: int = 480
    lead_minutes: int = 0
    horizon_days: int = 90


DEFAULT = Rules()
BY_THE_DAY = Rules(grid_minutes=1440, shortest_minutes=3 * 1440, longest_minutes=30 * 1440)


def hours(first: float, last: float, day: date = DAY) -> Period:
    return Period(local_moment(day, int(first * 60)), local_moment(day, int(last * 60)))


def cell(*members: Times, now: datetime = NOW, apart: bool = False, rules: Rules = DEFAULT) -> DayCell:
    return day_cell(members, rules, day=DAY, axis=AXIS, now=now, apart=apart)


OPEN = (hours(8, 20),)


def test_a_day_is_free_part_taken_full_closed_or_over() -> None:
    assert cell(Times(OPEN, OPEN)).state == "free"
    assert cell(Times(OPEN, (hours(8, 12),))).state == "part"
    assert cell(Times(OPEN, ())).state == "full"
    assert cell(Times((), ())).state == "closed"
    assert cell(Times(OPEN, OPEN), now=local_moment(DAY, 21 * 60)).state == "over"
    assert cell(Times(OPEN, OPEN), now=datetime(2026, 1, 7, tzinfo=UTC)).state == "later"


def test_a_day_that_only_the_lead_time_rules_out_is_late_and_not_over() -> None:
    two_days = Rules(lead_minutes=2 * 1440)
    assert cell(Times(OPEN, OPEN), rules=two_days).state == "late"
    assert cell(Times(OPEN, ()), rules=two_days).state == "late"
    assert cell(Times(OPEN, OPEN), rules=two_days, now=local_moment(DAY, 21 * 60)).state == "over"
    one_day = Rules(lead_minutes=1440)
    assert cell(Times(OPEN, OPEN), rules=one_day).state == "free"
    assert cell(Times(OPEN, (hours(8, 9),)), rules=one_day).state == "full"


def test_the_end_of_a_day_too_short_for_any_booking_is_late_and_not_taken() -> None:
    an_hour = Rules(shortest_minutes=60)
    assert cell(Times(OPEN, OPEN), rules=an_hour, now=local_moment(DAY, 19 * 60)).state == "free"
    assert cell(Times(OPEN, ()), rules=an_hour, now=local_moment(DAY, 19 * 60)).state == "full"
    assert cell(Times(OPEN, OPEN), rules=an_hour, now=local_moment(DAY, 19 * 60 + 45)).state == "late"


def test_what_is_let_for_days_is_free_where_a_whole_stay_fits() -> None:
    week = (local_days(date(2026, 9, 5), 9),)
    assert cell(Times(week, week), rules=BY_THE_DAY).state == "free"
    assert cell(Times(week, (local_days(DAY, 3),)), rules=BY_THE_DAY).stretches[0].all_day
    assert cell(Times(week, (local_days(DAY, 2),)), rules=BY_THE_DAY).state == "full"
    # The day before the first that can be had, with a day's notice from the morning on.
    notice = Rules(grid_minutes=1440, shortest_minutes=1440, lead_minutes=1440)
    assert cell(Times(week, week), rules=notice).state == "late"


def test_the_picture_draws_what_is_free_over_what_is_taken() -> None:
    assert cell(Times(OPEN, (hours(8, 12),))).bars == (Bar("taken", 0, 720), Bar("free", 0, 240))


def test_desks_of_a_zone_are_counted_piece_by_piece() -> None:
    found = cell(Times(OPEN, OPEN), Times(OPEN, (hours(12, 20),)), apart=True)
    assert [(one.period, one.places) for one in found.stretches] == [(hours(8, 12), 1), (hours(12, 20), 2)]
    assert [bar.kind for bar in found.bars] == ["taken", "some", "free"]


def test_the_axis_spans_the_hours_of_the_house_in_whole_hours() -> None:
    assert axis_of([hours(8.5, 16), hours(9, 19.25)]) == Axis(480, 1200)
    assert axis_of([hours(9, 17), local_days(DAY)]) == Axis(540, 1020)
    assert axis_of([]) == Axis(480, 1200)


def test_a_night_across_midnight_is_shown_on_both_of_its_days() -> None:
    night = Period(local_moment(DAY, 22 * 60), local_moment(date(2026, 9, 9), 120))
    assert cell(Times((night,), (night,))).stretches[0].period == hours(22, 24)
