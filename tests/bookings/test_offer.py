"""Which starts and ends are offered: rules without a database."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from incubator.bookings.offer import bookable, ends, marks, starts
from incubator.kernel.period import Period, local_days, local_moment

DAY = date(2026, 9, 8)
NOW = datetime(2026, 9, 7, 7, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Rules:
    grid_minutes: int = 30
    shortest_minutes: int = 60
    longest_minutes: int = 180
    lead_minutes: int = 0
    horizon_days: int = 90


def at(hour: float, day: date = DAY) -> datetime:
    return local_moment(day, int(hour * 60))


def offered(*free: Period, rules: Rules | None = None, now: datetime = NOW) -> list[tuple[datetime, datetime]]:
    found = starts(free, rules or Rules(), within=local_days(DAY), now=now)
    return [(one.moment, one.until) for one in found]


def test_a_start_is_offered_while_the_shortest_booking_still_fits() -> None:
    assert offered(Period(at(8), at(10))) == [(at(8), at(10)), (at(8.5), at(10)), (at(9), at(10))]


def test_no_stay_is_longer_than_the_longest() -> None:
    assert offered(Period(at(8), at(20)))[0] == (at(8), at(11))


def test_edges_off_the_grid_are_pulled_in() -> None:
    free = Period(at(8) + timedelta(minutes=10), at(10) + timedelta(minutes=20))
    assert bookable([free], Rules(), now=NOW) == [Period(at(8.5), at(10))]


def test_a_stretch_that_is_too_short_is_not_offered() -> None:
    assert offered(Period(at(8), at(8.5))) == []


def test_what_is_too_soon_or_too_far_is_not_offered() -> None:
    soon = replace(Rules(), lead_minutes=26 * 60)
    assert offered(Period(at(8), at(20)), rules=soon)[0][0] == at(11)
    assert offered(Period(at(8), at(20)), rules=replace(Rules(), horizon_days=1), now=NOW - timedelta(days=1)) == []


def test_a_step_of_the_grid_that_has_begun_may_still_be_booked() -> None:
    now = at(9) + timedelta(minutes=10)
    assert offered(Period(at(8), at(20)), now=now)[0][0] == at(9)


def test_a_step_of_the_grid_that_is_over_is_not_offered_at_the_stroke_of_its_end() -> None:
    half_past = Period(at(9), at(9.5))
    short = replace(Rules(), shortest_minutes=30)
    assert offered(half_past, rules=short, now=at(9.5)) == []
    assert offered(Period(at(9), at(10)), rules=short, now=at(9.5))[0] == (at(9), at(10))


def test_of_two_desks_the_one_that_is_free_longer_counts() -> None:
    assert offered(Period(at(8), at(9.5)), Period(at(8), at(11)))[0] == (at(8), at(11))


def test_ends_are_every_end_that_some_start_can_have() -> None:
    found = ends(starts([Period(at(8), at(9.5))], Rules(), within=local_days(DAY), now=NOW), Rules())
    assert found == [at(9), at(9.5)]


def test_stays_of_weeks_end_at_the_same_time_of_day() -> None:
    rules = Rules(grid_minutes=1440, shortest_minutes=1440, longest_minutes=1440 * 28)
    free = local_days(DAY, 60)
    found = ends(starts([free], rules, within=local_days(DAY), now=NOW), rules)
    assert found[0] == at(0, DAY + timedelta(days=1))
    assert found[-1] == at(0, DAY + timedelta(days=28))
    assert at(0, DAY + timedelta(days=15)) not in found


def test_the_grid_follows_the_clock_through_the_night_it_changes() -> None:
    night = local_days(date(2026, 10, 25))
    found = list(marks(night, 120))
    assert [mark.hour for mark in found][:4] == [22, 0, 1, 3]  # two in the morning comes twice
