"""When a mentor can be met: by the clock in Warsaw, with exceptions and holidays."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.kernel.errors import Refusal
from incubator.kernel.period import WARSAW, Period, local_moment
from incubator.mentoring.clock import month_of, starts_within
from incubator.mentoring.rules import Hours, Wish, check, stretches

LAS, PROGRAMME, MENTOR, FOUNDER = UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4)
NOW = datetime(2026, 9, 7, 7, tzinfo=UTC)


def hours(opens: int | None, closes: int | None, **said: Any) -> Hours:
    given = {"incubator_id": LAS, "online": True, "audience": "everyone", "programme_id": None, **said}
    return Hours(opens=opens, closes=closes, **given)


WEEK = tuple(hours(540, 1020, weekday=weekday) for weekday in range(1, 8))


def terms(**said: Any) -> Any:
    given = {"account_id": MENTOR, "state": "active", "lengths": (30, 60), "grid_minutes": 30, "break_minutes": 0}
    given |= {"lead_minutes": 60, "horizon_days": 30, "weekly": WEEK, "days": (), "holidays": frozenset()}
    return SimpleNamespace(**{**given, **said})


def wish(start: datetime, minutes: int = 60, **said: Any) -> Wish:
    given = {"mode": "online", "incubator_id": None, "account_id": FOUNDER, "for_organisation": True}
    given |= {"programmes": frozenset(), "now": NOW}
    return Wish(period=Period(start, start + timedelta(minutes=minutes)), **{**given, **said})


TUESDAY = datetime(2026, 9, 8, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "asked", "rules"),
    [
        ("", wish(TUESDAY), terms()),
        ("not_with_yourself", wish(TUESDAY, account_id=MENTOR), terms()),
        ("mentor_not_active", wish(TUESDAY), terms(state="paused")),
        ("wrong_length", wish(TUESDAY, 45), terms()),
        ("off_mentor_grid", wish(TUESDAY + timedelta(minutes=15)), terms()),
        ("meeting_in_the_past", wish(NOW - timedelta(hours=1)), terms()),
        ("meeting_too_soon", wish(NOW), terms()),
        ("", wish(NOW + timedelta(hours=1)), terms()),
        ("", wish(TUESDAY + timedelta(days=29)), terms()),
        ("meeting_too_far_ahead", wish(TUESDAY + timedelta(days=30)), terms()),
        ("outside_mentor_hours", wish(datetime(2026, 9, 8, 14, 30, tzinfo=UTC)), terms()),
        ("outside_mentor_hours", wish(TUESDAY), terms(holidays=frozenset({date(2026, 9, 8)}))),
        ("not_offered_there", wish(TUESDAY, mode="in_person", incubator_id=uuid4()), terms()),
        ("not_offered_there", wish(TUESDAY, mode="in_person"), terms()),
        ("", wish(TUESDAY, mode="in_person", incubator_id=LAS), terms()),
        ("not_offered_there", wish(TUESDAY), terms(weekly=(hours(540, 1020, weekday=2, online=False),))),
        (
            "only_organisations",
            wish(TUESDAY, for_organisation=False),
            terms(weekly=(hours(540, 1020, weekday=2, audience="organisations"),)),
        ),
        (
            "only_programme",
            wish(TUESDAY),
            terms(weekly=(hours(540, 1020, weekday=2, audience="programme", programme_id=PROGRAMME),)),
        ),
        (
            "",
            wish(TUESDAY, programmes=frozenset({PROGRAMME})),
            terms(weekly=(hours(540, 1020, weekday=2, audience="programme", programme_id=PROGRAMME),)),
        ),
    ],
)
def test_each_rule_refuses_by_its_own_code(code: str, asked: Wish, rules: Any) -> None:
    try:
        check(asked, rules)
    except Refusal as refusal:
        assert refusal.code == code
    else:
        assert code == ""


def test_of_two_stretches_the_one_that_costs_no_programme_is_had() -> None:
    own = hours(540, 1020, weekday=2, audience="programme", programme_id=PROGRAMME)
    found = check(wish(TUESDAY, programmes=frozenset({PROGRAMME})), terms(weekly=(own, *WEEK)))
    assert found.programme_id is None


def test_an_exception_replaces_the_day_and_counts_on_holidays() -> None:
    day = date(2026, 9, 8)
    for days, expected in (
        ((hours(None, None, day=day),), []),
        ((hours(600, 660, day=day),), [(600, 660)]),
        ((), []),
    ):
        found = stretches(weekly=WEEK, days=days, holidays=frozenset({day}), first=day, last=day)
        assert [one.period for one in found] == [
            Period(local_moment(day, opens), local_moment(day, closes)) for opens, closes in expected
        ]


@pytest.mark.parametrize(("day", "length"), [(date(2026, 3, 29), 2), (date(2026, 10, 25), 4), (date(2026, 6, 7), 3)])
def test_hours_over_a_clock_change_are_real_hours(day: date, length: int) -> None:
    (one,) = stretches(weekly=(hours(60, 240, weekday=7),), days=(), holidays=frozenset(), first=day, last=day)
    assert one.period.length == timedelta(hours=length)


def test_an_hour_that_the_clock_skips_is_not_offered() -> None:
    day = date(2026, 3, 29)
    skipped = (hours(120, 180, weekday=7),)
    assert stretches(weekly=skipped, days=(), holidays=frozenset(), first=day, last=day) == []


MINUTES = st.integers(0, 47).map(lambda turn: turn * 30)


@given(
    day=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    span=st.tuples(MINUTES, MINUTES).filter(lambda pair: pair[0] < pair[1]),
    grid=st.sampled_from([15, 30, 60]),
    length=st.sampled_from([15, 30, 45, 60, 120]),
    pause=st.integers(0, 60),
    taken=st.lists(st.tuples(st.integers(0, 1400), st.integers(1, 120)), max_size=5),
)
def test_what_is_offered_fits_the_hours_the_grid_and_whatever_is_taken(
    day: date, span: tuple[int, int], grid: int, length: int, pause: int, taken: list[tuple[int, int]]
) -> None:
    weekly = (hours(*span, weekday=day.isoweekday()),)
    busy = [Period(local_moment(day, at), local_moment(day, at) + timedelta(minutes=minutes)) for at, minutes in taken]
    for one in stretches(weekly=weekly, days=(), holidays=frozenset(), first=day, last=day):
        found = list(starts_within(one.period, minutes=length, grid_minutes=grid, break_minutes=pause, taken=busy))
        assert len(set(found)) == len(found)
        for start in found:
            clock = start.astimezone(WARSAW)
            whole = Period(start, start + timedelta(minutes=length + pause))
            assert (clock.hour * 60 + clock.minute) % grid == 0
            assert one.period.contains(Period(start, start + timedelta(minutes=length)))
            assert not any(whole.overlaps(period) for period in busy)
            check(
                wish(start, length, now=start - timedelta(days=1)),
                terms(weekly=weekly, lengths=(length,), grid_minutes=grid),
            )


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)))
def test_the_month_is_that_of_warsaw(moment: datetime) -> None:
    aware = moment.replace(tzinfo=UTC)
    assert month_of(aware) == aware.astimezone(WARSAW).date().replace(day=1)
