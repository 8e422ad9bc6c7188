"""A calendar is read over TLS only from who can prove the name in its address."""

import ssl
from collections.abc import Iterator
from dataclasses import replace

import pytest
import trustme

from incubator.outside.address import address_of
from incubator.outside.fetch import Fetched, Fetcher, Seen
from incubator.outside.problems import NoAnswer, TooManyRedirects
from tests.moments import NOW
from tests.outside.servers import CALENDAR, TESTING, Server, answer, serving, to

NAME = "calendar.example"


@pytest.fixture(scope="module")
def authority() -> Iterator[trustme.CA]:
    yield trustme.CA()


def proving(authority: trustme.CA, name: str) -> ssl.SSLContext:
    """A server's side, with a certificate for the name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def trusting(authority: trustme.CA) -> Fetcher:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return replace(TESTING, tls=context)


async def read(fetcher: Fetcher, server: Server) -> Fetched:
    return await fetcher.fetch(address_of(f"https://{NAME}:{server.port}/ewa.ics"), seen=Seen(), now=NOW)


async def test_a_server_that_proves_its_name_is_read(authority: trustme.CA) -> None:
    async with serving(answer(), tls=proving(authority, NAME)) as server:
        assert (await read(trusting(authority), server)).content == CALENDAR


async def test_one_that_proves_another_name_is_told_nothing(authority: trustme.CA) -> None:
    async with serving(answer(), tls=proving(authority, "elsewhere.example")) as server:
        with pytest.raises(NoAnswer):
            await read(trusting(authority), server)
    assert server.asked == [], "the address is a secret"


async def test_nor_one_that_nobody_vouches_for(authority: trustme.CA) -> None:
    async with serving(answer(), tls=proving(trustme.CA(), NAME)) as server:
        with pytest.raises(NoAnswer):
            await read(trusting(authority), server)
        with pytest.raises(NoAnswer):
            await read(TESTING, server)
    assert server.asked == []


async def test_a_secure_address_is_not_led_on_to_an_open_one(authority: trustme.CA) -> None:
    async with serving(answer()) as plain, serving(to(plain.at().whole), tls=proving(authority, NAME)) as server:
        with pytest.raises(TooManyRedirects):
            await read(trusting(authority), server)
    assert plain.asked == []
