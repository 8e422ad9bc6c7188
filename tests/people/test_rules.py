"""What people type, cleaned or refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.pl import nip as nip_number

from incubator.kernel.errors import Invalid
from incubator.people import rules


@pytest.mark.parametrize("text", ["5261040828", "526-104-08-28", " 526 104 08 28 "])
def test_nip_is_kept_as_ten_digits(text: str) -> None:
    assert rules.nip(text) == "5261040828"


@pytest.mark.parametrize("digit", "0123456789")
def test_nip_of_one_digit_repeated_is_refused_even_where_its_checksum_holds(digit: str) -> None:
    with pytest.raises(rules.BadNip):
        rules.nip(digit * 10)


def test_zeros_pass_the_usual_checksum_which_is_why_the_rule_is_there() -> None:
    assert nip_number.is_valid("0000000000")


@pytest.mark.parametrize("text", ["5261040829", "526104082", "52610408288", "abc", "٥٢٦١٠٤٠٨٢٨"])
def test_wrong_nip_is_refused(text: str) -> None:
    with pytest.raises(rules.BadNip):
        rules.nip(text)


@pytest.mark.parametrize("text", ["192598184", "12345678512347"])
def test_regon_of_nine_or_fourteen_digits(text: str) -> None:
    assert rules.regon(text) == text


@pytest.mark.parametrize("text", ["192598183", "12345678512348", "000000000", "1", "x" * 9])
def test_wrong_regon_is_refused(text: str) -> None:
    with pytest.raises(rules.BadRegon):
        rules.regon(text)


def test_krs_gets_its_leading_noughts() -> None:
    assert rules.krs("28860") == "0000028860"
    for text in ("0", "12345678901", "1111111111", "KRS", "٣"):
        with pytest.raises(rules.BadKrs):
            rules.krs(text)


def test_pkd_class_belongs_to_an_edition() -> None:
    assert rules.pkd("6201z", 2007) == ("62.01.Z", 2007)
    assert rules.pkd("62.10.B", 2025) == ("62.10.B", 2025)
    assert rules.pkd(" ", None) == (None, None)
    assert rules.pkd("45.11.Z", 2007) == ("45.11.Z", 2007)
    for text, edition in (("45.11.Z", 2025), ("62.01.Z", None), ("62.01.Z", 2004), ("62", 2025), ("04.01.Z", 2007)):
        with pytest.raises(rules.BadPkd):
            rules.pkd(text, edition)


@pytest.mark.parametrize("text", ["Ala@Example.COM ", "a.b+c@d.example.pl"])
def test_email_is_kept_in_lower_case(text: str) -> None:
    assert rules.email_address(text) == text.strip().lower()


@pytest.mark.parametrize(
    "text", ["", "ala", "ala@", "@example.com", "a@b", "a b@example.com", "a@example.com\nBcc: b@c.pl", "İ@example.com"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(rules.BadEmail):
        rules.email_address(text)


@pytest.mark.parametrize("text", ["short", "a" * 12, "a" * 201, "long.enough@example.com"])
def test_weak_password_is_refused(text: str) -> None:
    with pytest.raises(rules.WeakPassword):
        rules.password(text, email="long.enough@example.com")


@pytest.mark.parametrize("text", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\nb", "", None, "x"])
def test_way_on_after_signing_in_never_leaves_the_house(text: str | None) -> None:
    assert rules.next_path(text) == "/"


def test_way_on_keeps_path_and_query() -> None:
    assert rules.next_path("/incubators/las?week=2026-09-07") == "/incubators/las?week=2026-09-07"


@given(st.text(max_size=40))
def test_any_text_is_cleaned_or_refused_and_never_a_fault(text: str) -> None:
    for rule in (rules.nip, rules.regon, rules.krs, rules.email_address, rules.name, lambda t: rules.pkd(t, 2025)):
        with suppress(Invalid):
            rule(text)
