"""Which addresses are asked for, and that none is told to anybody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.outside.address import address_of
from incubator.outside.guard import is_public
from incubator.outside.problems import AddressUnfit, NotRead


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("https://example.com/a.ics", "https://example.com/a.ics"),
        (" webcal://example.com/a.ics ", "https://example.com/a.ics"),
        ("WEBCAL://Example.com", "https://example.com/"),
        ("http://example.com:80/a?b=c&d=%20e", "http://example.com/a?b=c&d=%20e"),
        ("https://example.com:8443/a", "https://example.com:8443/a"),
        ("https://zażółć.example/gęś.ics#x", "https://xn--za-2ja1bm7o1a.example/g%C4%99%C5%9B.ics"),
        ("https://[2606:2800:21f::1]/a", "https://[2606:2800:21f::1]/a"),
    ],
)
def test_an_address(typed: str, whole: str) -> None:
    assert address_of(typed).whole.replace(address_of(typed).host, "") == whole.replace(address_of(whole).host, "")
    assert address_of(address_of(typed).whole) == address_of(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "example.com/a.ics",
        "ftp://example.com/a",
        "file:///etc/passwd",
        "https:///a",
        "https://ewa:hush@example.com/a",
        "https://ewa@example.com/a",
        "https://example.com:99999/",
        "https://example.com:x/",
        "https://exa mple.com/",
        "https://example.com/\r\nX: y",
        "https://example.com\\@127.0.0.1/",
        "https://[fe80::1%25eth0]/",
        "https://" + "a" * 64 + ".example/",
        "https://example.com/" + "a" * 2000,
        "https://[::1/",
        "gopher://example.com",
        "https://exa\0mple.com/",
        "https://\u00af/",
    ],
)
def test_no_address(typed: str) -> None:
    with pytest.raises(AddressUnfit):
        address_of(typed)


def test_what_is_shown_of_it_is_the_server_alone() -> None:
    address = address_of("https://calendar.example/private-123456/basic.ics?key=hush")
    for told in (repr(address), str(address), address.masked):
        assert "calendar.example" in told and "hush" not in told and "private-123456" not in told


@given(st.text())
def test_whatever_is_typed_is_an_address_or_is_not(typed: str) -> None:
    for text in (typed, f"https://{typed}", f"https://example.com/{typed}"):
        try:
            address = address_of(text)
        except NotRead:
            continue
        assert address.whole.isascii() and not set(address.whole) & set("\r\n\0 ")
        assert address_of(address.whole) == address


@pytest.mark.parametrize("text", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_the_open_internet(text: str) -> None:
    assert is_public(text)


@pytest.mark.parametrize(
    "text",
    [
        "0.0.0.0",
        "0.1.2.3",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:93.184.215.14",
        "64:ff9b::7f00:1",
        "64:ff9b::5db8:d70e",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:5db8:d70e::1",
        "3fff::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "localhost",
        "",
    ],
)
def test_what_is_not_of_the_open_internet(text: str) -> None:
    assert not is_public(text)


@given(st.ip_addresses(v=4))
def test_an_old_address_in_new_clothes_is_never_public(address: object) -> None:
    for form in ("::ffff:{}", "64:ff9b::{}", "::{}"):
        assert not is_public(form.format(address))
