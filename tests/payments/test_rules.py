"""Titles and shares: without a database."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.kernel.money import Amount
from incubator.payments.rules import (
    Came,
    Step,
    numbers_in,
    percent_back,
    share_of,
    shared_out,
    title_of,
)

NUMBERS = st.integers(1, 999_999_999)
STEPS = (Step(timedelta(days=7), 100), Step(timedelta(hours=24), 50))


@given(number=NUMBERS)
def test_a_title_names_its_number(number: int) -> None:
    assert number in numbers_in(title_of(number))
    assert number > 999_999 or numbers_in(title_of(number)) == [number]


@given(number=NUMBERS, noise=st.sampled_from(["Zapłata za salę {}", "{} Jan Kowalski", "faktura {}, dziękuję", "  {}"]))
@pytest.mark.parametrize(
    "typed", [str.lower, lambda t: t.replace(" ", ""), lambda t: t.replace(" ", "-"), lambda t: t[:-2] + " " + t[-2:]]
)
def test_a_title_is_read_as_people_type_it(number: int, noise: str, typed: "object") -> None:
    assert number in numbers_in(noise.format(typed(title_of(number))))  # type: ignore[operator]


@given(number=NUMBERS, at=st.integers(0, 8), other=st.integers(0, 9))
def test_one_wrong_digit_makes_a_title_that_is_none(number: int, at: int, other: int) -> None:
    digits = title_of(number).removeprefix("INK ")
    at %= len(digits)
    wrong = digits[:at] + str(other) + digits[at + 1 :]
    if wrong != digits:
        assert number not in numbers_in(f"INK {wrong}") or len(digits) > 7


@given(number=st.integers(1, 999_999), at=st.integers(0, 5))
def test_two_digits_that_changed_places_make_a_title_that_is_none(number: int, at: int) -> None:
    digits = list(title_of(number).removeprefix("INK "))
    digits[at], digits[at + 1] = digits[at + 1], digits[at]
    wrong = "".join(digits)
    if wrong != title_of(number).removeprefix("INK "):
        assert numbers_in(f"INK {wrong}") == []


def test_digits_without_the_sign_are_read_where_they_stand_alone() -> None:
    bare = title_of(12).removeprefix("INK ")
    assert numbers_in(f"oplata {bare}") == [12]
    assert numbers_in(f"konto 00{bare}0000111122223333") == []


@pytest.mark.parametrize(("left", "percent"), [(200, 100), (168, 100), (167, 50), (24, 50), (23, 0), (-1, 0)])
def test_who_cancels_early_gets_more_back(left: int, percent: int) -> None:
    assert percent_back(STEPS, left=timedelta(hours=left)) == percent


def test_without_steps_nothing_goes_back() -> None:
    assert percent_back((), left=timedelta(days=99)) == 0


@given(net=st.integers(0, 10**9), vat=st.integers(0, 10**9), percent=st.integers(0, 100))
def test_a_share_is_never_more_than_the_whole(net: int, vat: int, percent: int) -> None:
    share = share_of(Amount(net, vat), percent=percent)
    assert 0 <= share.net <= net and 0 <= share.vat <= vat
    assert share_of(Amount(net, vat), percent=100) == Amount(net, vat)
    assert share_of(Amount(net, vat), percent=0) == Amount()


@given(came=st.lists(st.tuples(st.integers(1, 1000), st.integers(0, 1000)), max_size=6), amount=st.integers(0, 6000))
def test_what_goes_back_comes_from_payments_and_never_more_than_is_left_of_one(
    came: list[tuple[int, int]], amount: int
) -> None:
    payments = [Came(uuid4(), "transfer", paid, min(back, paid)) for paid, back in came]
    pieces = shared_out(amount, payments)
    assert all(0 < piece <= one.amount - one.back for one, piece in pieces)
    assert sum(piece for _, piece in pieces) == min(amount, sum(one.amount - one.back for one in payments))
