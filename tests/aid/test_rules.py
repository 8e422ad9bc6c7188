"""The arithmetic of aid."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.aid.rules import Benefit, euros, in_cents, window_from


@pytest.mark.parametrize(
    ("grosz", "rate", "cents"),
    [(42500, 42500, 10000), (1, 42500, 0), (2, 42500, 0), (3, 42500, 1), (10000, 43117, 2319)],
)
def test_grosz_are_cents_at_the_rate_of_the_day(grosz: int, rate: int, cents: int) -> None:
    assert in_cents(grosz, rate) == cents


@given(st.integers(min_value=0, max_value=10**10), st.integers(min_value=10_000, max_value=1_000_000))
def test_what_is_taken_back_is_what_was_granted(grosz: int, rate: int) -> None:
    assert in_cents(-grosz, rate) == -in_cents(grosz, rate)


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 12, 1), date(2023, 12, 1)),
        (date(2028, 2, 29), date(2025, 2, 28)),
        (date(2027, 3, 1), date(2024, 3, 1)),
    ],
)
def test_three_years_are_counted_back_from_the_day_of_the_grant(day: date, first: date) -> None:
    assert window_from(day, 3) == first


def test_a_price_above_the_markets_is_no_aid() -> None:
    assert Benefit(market=100, charged=120, benchmark="").amount == 0
    assert Benefit(market=120, charged=100, benchmark="").amount == 20


@pytest.mark.parametrize(("cents", "said"), [(0, "0.00"), (5, "0.05"), (30_000_000, "300000.00"), (-123, "-1.23")])
def test_euros_are_said_with_two_decimals(cents: int, said: str) -> None:
    assert euros(cents) == said
