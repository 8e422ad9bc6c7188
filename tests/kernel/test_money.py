"""Grosz and tax: rounding as the law rounds, sums that add up."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.kernel.money import Amount, Vat, of_gross, of_net, part, total

GROSZ = st.integers(min_value=-(10**12), max_value=10**12)
RATES = st.sampled_from(Vat)


@pytest.mark.parametrize(
    ("net", "rate", "vat"),
    [(10000, "23", 2300), (1, "23", 0), (2, "23", 0), (3, "23", 1), (50, "5", 3), (-50, "5", -3), (999, "zw", 0)],
)
def test_tax_is_added_to_what_is_stated_net(net: int, rate: str, vat: int) -> None:
    assert of_net(net, Vat(rate)) == Amount(net, vat)


@pytest.mark.parametrize(("gross", "rate", "net"), [(12300, "23", 10000), (14000, "23", 11382), (1500, "8", 1389)])
def test_tax_is_found_in_what_is_stated_gross(gross: int, rate: str, net: int) -> None:
    found = of_gross(gross, Vat(rate))
    assert (found.net, found.gross) == (net, gross)


@given(GROSZ, RATES)
def test_what_is_stated_is_kept_to_the_grosz(stated: int, rate: Vat) -> None:
    assert of_net(stated, rate).net == stated
    assert of_gross(stated, rate).gross == stated


@given(GROSZ, RATES)
def test_what_is_given_back_is_what_was_charged(stated: int, rate: Vat) -> None:
    assert of_net(-stated, rate) == -of_net(stated, rate)
    assert of_gross(-stated, rate) == -of_gross(stated, rate)


@given(GROSZ, st.integers(min_value=0, max_value=10**6), st.integers(min_value=1, max_value=10**6))
def test_a_part_is_never_off_by_more_than_half_a_grosz(amount: int, of: int, whole: int) -> None:
    exact = Fraction(amount * of, whole)
    found = part(amount, of, whole)
    assert abs(found - exact) <= Fraction(1, 2)
    if abs(found - exact) == Fraction(1, 2):
        assert abs(found) > abs(exact)


@given(st.lists(st.tuples(GROSZ, RATES), max_size=20))
def test_a_sum_is_the_sum_of_its_lines(lines: list[tuple[int, Vat]]) -> None:
    amounts = [of_net(net, rate) for net, rate in lines]
    added = total(amounts)
    assert (added.net, added.vat) == (sum(one.net for one in amounts), sum(one.vat for one in amounts))
    assert added.gross == sum(one.gross for one in amounts)
