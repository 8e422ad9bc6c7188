"""A calendar is fetched politely, and nothing that a server does takes long or much."""

import asyncio
import gzip
import logging
import time
import zlib
from dataclasses import replace
from datetime import timedelta

import httpcore
import pytest

from incubator.outside.address import Address, address_of
from incubator.outside.fetch import LARGEST, Fetched, Fetcher, Seen, after_of
from incubator.outside.guard import Guarded
from incubator.outside.problems import (
    AddressNotPublic,
    AddressUnfit,
    CalendarEnded,
    FileTooLarge,
    NoAnswer,
    NotRead,
    NotShown,
    ServerTrouble,
    TooManyRedirects,
    TooSlow,
)
from tests.moments import NOW
from tests.outside.servers import CALENDAR, TESTING, answer, serving, to


async def fetched(address: Address, *, seen: Seen | None = None, fetcher: Fetcher = TESTING) -> Fetched:
    return await fetcher.fetch(address, seen=seen or Seen(), now=NOW)


async def test_a_file_and_what_the_server_says_of_it() -> None:
    async with serving(answer(etag='"v1"', last_modified="Mon, 07 Sep 2026 06:00:00 GMT")) as server:
        found = await fetched(server.at("/private-abc/basic.ics?x=1"))
    assert found == Fetched(CALENDAR, Seen('"v1"', "Mon, 07 Sep 2026 06:00:00 GMT"))
    (asked,) = server.asked
    assert asked.startswith(b"GET /private-abc/basic.ics?x=1 HTTP/1.1\r\n")
    assert b"https://example.com" in asked and b"If-None-Match" not in asked


async def test_what_was_seen_is_told_and_nothing_comes_where_it_has_not_changed() -> None:
    seen = Seen('"v1"', "Mon, 07 Sep 2026 06:00:00 GMT")
    async with serving(b"HTTP/1.1 304 Not Modified\r\n\r\n") as server:
        assert await fetched(server.at(), seen=seen) == Fetched(None, seen)
    assert b'If-None-Match: "v1"\r\n' in server.asked[0]
    assert b"If-Modified-Since: Mon, 07 Sep 2026 06:00:00 GMT\r\n" in server.asked[0]


async def test_what_a_server_named_a_file_is_told_octet_for_octet() -> None:
    """Names may hold octets that are no letters of ASCII (RFC 9110, 8.8.3)."""
    async with serving(b'HTTP/1.1 200 OK\r\netag: "\xc4\x85\xff"\r\ncontent-length: 0\r\n\r\n') as server:
        seen = (await fetched(server.at())).seen
        await fetched(server.at(), seen=seen)
    assert b'If-None-Match: "\xc4\x85\xff"\r\n' in server.asked[1]


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        ("404 Not Found", NotShown),
        ("401 Unauthorized", NotShown),
        ("403 Forbidden", NotShown),
        ("410 Gone", CalendarEnded),
        ("500 Oh", ServerTrouble),
        ("206 Part", NotShown),
    ],
)
async def test_answers_that_are_no_calendar(status: str, problem: type[NotRead]) -> None:
    async with serving(answer(status=status)) as server:
        with pytest.raises(problem):
            await fetched(server.at())


@pytest.mark.parametrize(
    ("said", "after"),
    [
        ("7200", timedelta(hours=2)),
        ("Mon, 07 Sep 2026 10:00:00 GMT", timedelta(hours=3)),
        ("soon", None),
        ("", None),
        ("9" * 400, timedelta(seconds=10**8)),
        ("Mon, 99 Sep 2026 10:00:00 GMT", None),
        ("²", None),
    ],
)
def test_how_long_a_server_asks_to_be_left_alone(said: str, after: timedelta | None) -> None:
    assert after_of(said, NOW) == after


async def test_a_busy_server_is_heeded() -> None:
    async with serving(answer(status="429 Too Many", retry_after="7200")) as server:
        with pytest.raises(ServerTrouble) as refused:
            await fetched(server.at())
    assert refused.value.after == timedelta(hours=2)


async def test_redirects_are_followed_as_far_as_five() -> None:
    async with serving(*[to("/on")] * 5, answer()) as server:
        assert (await fetched(server.at())).content == CALENDAR
    async with serving(to("/on")) as server:
        with pytest.raises(TooManyRedirects):
            await fetched(server.at())
    assert len(server.asked) == 6


@pytest.mark.parametrize(
    "location", ["ftp://example.com/x", "file:///etc/passwd", "http://a:b@example.com/", "http://[", "http://x y/"]
)
async def test_redirects_to_what_is_no_address(location: str) -> None:
    async with serving(to(location)) as server:
        with pytest.raises(AddressUnfit):
            await fetched(server.at())


def test_a_redirect_never_leads_out_of_a_secure_connection() -> None:
    secure = address_of("https://example.com/a/b.ics")
    assert secure.led_on("../c.ics").whole == "https://example.com/c.ics"
    with pytest.raises(TooManyRedirects):
        secure.led_on("http://example.com/c.ics")


INSIDE = [
    "http://127.0.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://localhost/",
    "http://0/",
    "http://10.0.0.1/",
    "http://[fe80::1]/",
    "http://[64:ff9b::7f00:1]/",
]


@pytest.mark.parametrize("location", INSIDE)
async def test_an_address_inside_is_not_asked(location: str) -> None:
    with pytest.raises(AddressNotPublic):
        await fetched(address_of(location), fetcher=Fetcher())


@pytest.mark.parametrize("location", INSIDE)
async def test_nor_is_one_after_a_redirect(location: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first hop is to a public address, played by a server here."""
    async with serving(to(location)) as server:
        real = httpcore.AnyIOBackend.connect_tcp

        async def connect(self: object, host: str, port: int, *given: object) -> object:
            assert host == "93.184.215.14", "nothing inside is connected to"
            return await real(self, "127.0.0.1", server.port)  # type: ignore[arg-type]

        monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", connect)
        with pytest.raises(AddressNotPublic):
            await fetched(address_of("http://93.184.215.14/x.ics"), fetcher=Fetcher())
    assert len(server.asked) == 1


async def test_what_is_connected_to_is_what_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that gives another answer the second time is not asked a second time."""
    answers, reached = [["93.184.215.14"], ["127.0.0.1"]], []

    async def resolve(_host: str, _port: int) -> list[str]:
        return answers.pop(0)

    async def connect(_self: object, host: str, *_given: object) -> None:
        reached.append(host)
        raise httpcore.ConnectError

    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", connect)
    with pytest.raises(NoAnswer):
        await fetched(address_of("https://rebinding.example/"), fetcher=Fetcher(guarded=Guarded(resolve)))
    assert reached == ["93.184.215.14"] and answers == [["127.0.0.1"]]


async def test_a_name_with_one_address_inside_is_not_asked_at_all() -> None:
    async def resolve(_host: str, _port: int) -> list[str]:
        return ["93.184.215.14", "10.0.0.1"]

    with pytest.raises(AddressNotPublic):
        await fetched(address_of("https://mixed.example/"), fetcher=Fetcher(guarded=Guarded(resolve)))


async def test_a_name_that_nobody_knows() -> None:
    async def resolve(_host: str, _port: int) -> list[str]:
        raise OSError

    with pytest.raises(NoAnswer):
        await fetched(address_of("https://nobody.example/"), fetcher=Fetcher(guarded=Guarded(resolve)))


async def test_an_unusual_port_is_not_asked() -> None:
    with pytest.raises(AddressUnfit):
        await fetched(address_of("https://93.184.215.14:25/"), fetcher=Fetcher())


async def test_a_file_too_large_is_left_where_it_is() -> None:
    async with serving(answer(b"x" * (LARGEST + 1))) as server:
        with pytest.raises(FileTooLarge):
            await fetched(server.at())
    async with serving(answer(b"x" * LARGEST)) as server:
        assert len((await fetched(server.at())).content or b"") == LARGEST


async def test_a_packed_file_is_unpacked() -> None:
    async with serving(answer(gzip.compress(CALENDAR), content_encoding="gzip")) as server:
        assert (await fetched(server.at())).content == CALENDAR


async def test_a_bomb_does_not_go_off() -> None:
    packing = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packing.compress(bytes(10_000_000)) for _ in range(100)) + packing.flush()
    assert len(bomb) < 1_100_000
    async with serving(answer(bomb, content_encoding="gzip")) as server:
        began = time.monotonic()
        with pytest.raises(FileTooLarge):
            await fetched(server.at())
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "gzip, gzip"])
async def test_what_is_packed_in_a_way_that_was_not_asked_for(encoding: str) -> None:
    async with serving(answer(content_encoding=encoding)) as server:
        with pytest.raises(NoAnswer):
            await fetched(server.at())


async def trickle(_asked: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.05)


async def endless_headers(_asked: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-More: " + b"x" * 1000 + b"\r\n")
        await writer.drain()


async def silence(_asked: bytes, _writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(30)


@pytest.mark.parametrize("playing", [trickle, silence, endless_headers])
async def test_a_server_that_never_ends_is_left(playing: object) -> None:
    async with serving(playing) as server:  # type: ignore[arg-type]
        began = time.monotonic()
        with pytest.raises((TooSlow, NoAnswer)):
            await fetched(server.at(), fetcher=replace(TESTING, patience=0.5))
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("said", [b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nBEGIN"])
async def test_a_server_that_breaks_off_or_speaks_something_else(said: bytes) -> None:
    async with serving(said) as server:
        with pytest.raises(NoAnswer):
            await fetched(server.at())


async def test_a_server_that_is_not_there() -> None:
    async with serving(b"") as server:
        gone = server.at()
    with pytest.raises(NoAnswer):
        await fetched(gone)


async def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    async with serving(answer()) as server:
        assert (await fetched(server.at())).content == CALENDAR


async def test_no_address_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with serving(to("/hush/elsewhere"), answer()) as server:
        await fetched(server.at("/hush.ics"))
    assert "hush" not in caplog.text
