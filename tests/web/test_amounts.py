"""Amounts as people read and type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.web.amounts import read_amount, show_amount, show_typed


@pytest.mark.parametrize(
    ("minor", "pl", "en"),
    [
        (0, "0,00\u00a0zł", "0.00\u00a0zł"),
        (5, "0,05\u00a0zł", "0.05\u00a0zł"),
        (123450, "1\u00a0234,50\u00a0zł", "1,234.50\u00a0zł"),
        (-1500, "-15,00\u00a0zł", "-15.00\u00a0zł"),
    ],
)
def test_amounts_are_shown_in_both_languages(minor: int, pl: str, en: str) -> None:
    assert (show_amount(minor, "pl"), show_amount(minor, "en")) == (pl, en)


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("1 234,50", 123450),
        ("1\u00a0234,50 zł", 123450),
        ("1,234.50", 123450),
        ("1,234", None),
        ("1234.5", 123450),
        ("15", 1500),
        ("0,05", 5),
        ("", None),
        ("zł", None),
        ("-1", None),
        ("1,2345", None),
        ("1.234,50", None),
        ("١٥", None),
        ("1e3", None),
    ],
)
def test_what_is_typed_is_read(typed: str, minor: int | None) -> None:
    assert read_amount(typed) == minor


@given(st.integers(0, 10**9))
def test_what_is_shown_can_be_typed_again(minor: int) -> None:
    assert read_amount(show_typed(minor)) == minor
    assert all(read_amount(show_amount(minor, locale)) == minor for locale in ("pl", "en"))
