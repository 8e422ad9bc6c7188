"""Fetch a calendar file: asked whether it changed, bounded in time and size, and led on a few times at most. Nothing
of the environment (a proxy, a netrc) is heeded, no cookie kept, and nothing called in a transaction.
"""

import asyncio
import logging
import ssl
import zlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import httpcore

from incubator.db.engine import within_transaction
from incubator.outside.address import Address
from incubator.outside.guard import Guarded
from incubator.outside.problems import (
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

LARGEST, PATIENCE, HOPS, TAG = 5_000_000, 20.0, 5, 500
# Addresses are secrets, and the library tells every header when it is asked for the least of what it does.
logging.getLogger("httpcore").setLevel(logging.WARNING)
REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True)
class Seen:
    """What the server said of the file that was read last."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file; `content` is None where it has not changed."""

    content: bytes | None
    seen: Seen


@dataclass(frozen=True, slots=True)
class Fetcher:
    """`about` is told to servers: who asks, and where to complain."""

    about: str = ""
    guarded: Guarded = field(default_factory=Guarded)
    patience: float = PATIENCE
    tls: ssl.SSLContext | None = None

    async def fetch(self, address: Address, *, seen: Seen, now: datetime) -> Fetched:
        """Raises NotRead."""
        assert not within_transaction(), "the outside may take its time"
        try:
            async with asyncio.timeout(self.patience):
                return await self._followed(address, seen, now)
        except (TimeoutError, httpcore.TimeoutException):
            raise TooSlow() from None
        except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError, OSError):
            raise NoAnswer() from None

    async def _followed(self, address: Address, seen: Seen, now: datetime) -> Fetched:
        for _hop in range(HOPS + 1):
            found = await self._asked(address, seen, now)
            if isinstance(found, Fetched):
                return found
            address = found
        raise TooManyRedirects()

    async def _asked(self, address: Address, seen: Seen, now: datetime) -> Fetched | Address:
        """The file, or where else it is."""
        if not address.usual and not self.guarded.private:
            raise AddressUnfit()
        url = httpcore.URL(
            scheme=address.scheme.encode(),
            host=address.host.encode(),
            port=address.port,
            target=address.target.encode(),
        )
        tls = self.tls or httpcore.default_ssl_context()
        async with (
            httpcore.AsyncConnectionPool(ssl_context=tls, network_backend=self.guarded) as pool,
            pool.stream("GET", url, headers=self._headers(address, seen)) as answer,
        ):
            said = {name.lower(): value.decode("latin-1") for name, value in reversed(answer.headers)}
            if answer.status in REDIRECTS and b"location" in said:
                return address.led_on(said[b"location"])
            if answer.status == 304:
                return Fetched(None, seen)
            if answer.status != 200:
                raise _trouble(answer.status, said.get(b"retry-after", ""), now)
            encoding = said.get(b"content-encoding", "identity").strip().lower()
            content = await _whole(answer.aiter_stream(), encoding)
        tag, modified = said.get(b"etag", ""), said.get(b"last-modified", "")
        return Fetched(content, Seen(tag if len(tag) <= TAG else "", modified if len(modified) <= TAG else ""))

    def _headers(self, address: Address, seen: Seen) -> list[tuple[bytes, bytes]]:
        host = address.origin.split("//")[1]
        asked = [
            ("Host", host),
            ("User-Agent", f"incubator (reads shared calendars; {self.about})"),
            ("Accept", "text/calendar, */*;q=0.1"),
            ("Accept-Encoding", "gzip"),
            ("Connection", "close"),
        ]
        if seen.etag:
            asked.append(("If-None-Match", seen.etag))
        if seen.last_modified:
            asked.append(("If-Modified-Since", seen.last_modified))
        # As servers said it: octets, not all of which are letters of ASCII.
        return [(name.encode(), value.encode("latin-1")) for name, value in asked]


async def _whole(chunks: AsyncIterator[bytes], encoding: str) -> bytes:
    """Unpacked as it comes, and never more than LARGEST. Raises FileTooLarge, NoAnswer."""
    if encoding not in {"", "identity", "gzip", "x-gzip"}:
        raise NoAnswer()
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16) if "gzip" in encoding else None
    content = bytearray()
    async for chunk in chunks:
        try:
            content += unpacking.decompress(chunk, LARGEST + 1 - len(content)) if unpacking else chunk
        except zlib.error:
            raise NoAnswer() from None
        if len(content) > LARGEST or (unpacking and unpacking.unconsumed_tail):
            raise FileTooLarge()
    return bytes(content)


def _trouble(status: int, retry_after: str, now: datetime) -> NotRead:
    if status == 410:
        return CalendarEnded()
    if status == 429 or status >= 500:
        return ServerTrouble(after_of(retry_after, now))
    return NotShown()


def after_of(text: str, now: datetime) -> timedelta | None:
    """How long a server asks to be left alone: seconds, or until a date."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), 10**8))
    try:
        until = parsedate_to_datetime(text)
        return until - now if until.tzinfo is not None else None
    except (ValueError, TypeError, OverflowError):
        return None
