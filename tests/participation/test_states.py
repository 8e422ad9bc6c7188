"""Every pair of states, and the rules."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from incubator.participation.rules import Present, presence
from incubator.participation.settle import months_after
from incubator.participation.states import ALLOWED, LIVE, MILESTONE_ALLOWED, MilestoneState, State

MOVES = {
    ("admitted", "active"),
    ("admitted", "withdrawn"),
    ("admitted", "removed"),
    ("active", "graduated"),
    ("active", "withdrawn"),
    ("active", "removed"),
}
STEPS = {
    ("open", "handed_in"),
    ("returned", "handed_in"),
    ("handed_in", "handed_in"),
    ("handed_in", "accepted"),
    ("handed_in", "returned"),
}


@pytest.mark.parametrize(("before", "after"), [*product(State, State)])
def test_a_participation_moves_only_as_drawn(before: State, after: State) -> None:
    assert (after in ALLOWED[before]) == ((before.value, after.value) in MOVES)


@pytest.mark.parametrize(("before", "after"), [*product(MilestoneState, MilestoneState)])
def test_a_milestone_moves_only_as_drawn(before: MilestoneState, after: MilestoneState) -> None:
    assert (after in MILESTONE_ALLOWED[before]) == ((before.value, after.value) in STEPS)


def test_what_is_not_live_goes_nowhere() -> None:
    assert {state for state in State if not ALLOWED[state]} == set(State) - LIVE


@pytest.mark.parametrize(("minutes", "enough"), [(79, False), (80, True), (100, True)])
def test_the_rule_is_met_at_its_edge(minutes: int, enough: bool) -> None:
    assert presence([Present(60, min(60, minutes)), Present(40, max(0, minutes - 60))], percent=80).enough is enough


def test_percent_are_rounded_down_so_that_not_enough_never_looks_like_enough() -> None:
    was = presence([Present(1000, 799)], percent=80)
    assert (was.reached, was.enough) == (79, False)


def test_where_nothing_was_required_nobody_earned_a_certificate() -> None:
    assert not presence([], percent=0).enough


@given(some.lists(some.tuples(some.integers(1, 1440), some.integers(0, 1440))), some.integers(0, 100))
def test_present_is_never_more_than_required(meetings: list[tuple[int, int]], percent: int) -> None:
    was = presence([Present(*one) for one in meetings], percent=percent)
    assert 0 <= was.minutes <= was.required


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 6, 30), 12, date(2027, 6, 30)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 1, 5), 6, date(2026, 7, 5)),
    ],
)
def test_six_months_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then
