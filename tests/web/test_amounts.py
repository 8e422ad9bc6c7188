"""Money as people read and type it."""

import pytest

from incubator.web.amounts import as_typed, euro, read_amount, zloty


@pytest.mark.parametrize(
    ("grosz", "pl", "en"),
    [
        (123450, "1\u00a0234,50\u00a0zł", "1,234.50\u00a0zł"),
        (-5, "-0,05\u00a0zł", "-0.05\u00a0zł"),
        (0, "0,00\u00a0zł", "0.00\u00a0zł"),
    ],
)
def test_grosz_are_shown_as_people_write_them(grosz: int, pl: str, en: str) -> None:
    assert (zloty(grosz, "pl"), zloty(grosz, "en")) == (pl, en)


def test_euros_name_their_currency() -> None:
    assert euro(30_000_000, "pl") == "300\u00a0000,00\u00a0EUR"


@pytest.mark.parametrize(
    ("text", "minor"),
    [("150", 15000), ("149,5", 14950), ("1 234,50", 123450), ("1\u00a0234.50", 123450), ("0,01", 1), ("15 zł", 1500)],
)
def test_amounts_are_read_as_people_type_them(text: str, minor: int) -> None:
    assert read_amount(text) == minor


@pytest.mark.parametrize("text", ["", "-1", "1,234,5", "1,005", "1e3", "٣", "123456789012", "1.", ",5", "NaN"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_amount(text)


@pytest.mark.parametrize("minor", [0, 1, 99, 100, 123450, 99_999_999_999])
def test_what_is_shown_in_a_field_is_read_again(minor: int) -> None:
    assert read_amount(as_typed(minor)) == minor
