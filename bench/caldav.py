"""A calendar of 10,000 entries kept in step after one booking more, against the whole feed of the same person after the
same booking: what an app asks that knows CalDAV, and what one asks that does not."""

import asyncio
import json
import re
import time
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice, product
from statistics import median
from uuid import UUID

import asyncpg
import uvloop

from bench.feeds import PUT_FEED
from bench.load import get, post
from bench.rows import Row
from bench.server import serving
from bench.world import copied
from incubator.calendars.window import window_at
from incubator.demo.large import FREE_FROM, account, secret
from incubator.kernel.ids import digest
from incubator.kernel.period import WARSAW, local_moment

TURNS, WARMING, LISTED, ENTRIES = 40, 5, 3, 10_000
WHO, FEED = 7, "caldav" * 8
PATH = f"/calendars/personal/{FEED}.ics"
AT_ONCE = 2**24
"""Octets that wait to be read: so many that nobody waits for the reader."""

# Of no organisation, so that both calendars hold the same.
ALONE = "DELETE FROM membership WHERE account_id = $1"
THEIRS = """
UPDATE booking SET account_id = $1, organisation_id = NULL WHERE id IN (
    SELECT id FROM booking WHERE state IN ('confirmed', 'completed') AND period <@ tstzrange($2, $3) ORDER BY id LIMIT $4
)
"""
SPACES = "SELECT id FROM space WHERE resource_id IS NOT NULL ORDER BY id"
SYNC = """<d:sync-collection xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:sync-token>{token}</d:sync-token>
<d:sync-level>1</d:sync-level><d:prop><d:getetag/><c:calendar-data/></d:prop></d:sync-collection>"""
TOKEN = re.compile(rb"<d:sync-token>(.+?)</d:sync-token>")
ETAG, LENGTH = re.compile(rb"etag: (.+?)\r\n", re.I), re.compile(rb"content-length: (.+?)\r\n", re.I)


@dataclass(frozen=True, slots=True)
class Person:
    """Whose calendar it is, and what they can book."""

    account_id: UUID
    spaces: list[UUID]


@dataclass(frozen=True, slots=True)
class Answer:
    """`seconds` is what it took until all of it was here."""

    head: bytes
    body: bytes
    seconds: float

    @property
    def status(self) -> int:
        return int(self.head[9:12])

    @property
    def etag(self) -> str:
        return _found(ETAG, self.head)

    @property
    def token(self) -> str:
        return _found(TOKEN, self.body)


Ask = Callable[[bytes, int], Awaitable[Answer]]
"""With the status that is expected."""


@dataclass(slots=True)
class Taken:
    """What each took, in seconds."""

    synced: list[float] = field(default_factory=list)
    listed: list[float] = field(default_factory=list)
    fetched: list[float] = field(default_factory=list)
    anew: list[float] = field(default_factory=list)
    entries: int = 0


def rows(large: str) -> list[Row]:
    with copied(large) as copy:
        person = asyncio.run(_person(copy))
        with (
            serving(copy) as port,
            serving(copy, module="bench.uncached", arguments=("ours", "serve")) as uncached,
            asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
        ):
            taken = runner.run(_measured(port, uncached, person))
    synced, listed, fetched, anew = (
        median(each) * 1000 for each in (taken.synced, taken.listed, taken.fetched, taken.anew)
    )
    return [
        Row(
            f"CalDAV: what one booking more changed in a calendar of {taken.entries:,}",
            f"{synced:.2f} ms",
            f"its whole feed, read from the rows {anew:.1f} ms (listed whole by CalDAV {listed:.0f} ms; the feed that was kept,"
            f" brought up to date, {fetched:.1f} ms)",
            synced / anew * 100,
            5,
            at_most=True,
            unit="%",
        )
    ]


async def _person(url: str) -> Person:
    """Somebody with so many bookings of their own, and a feed."""
    connection = await asyncpg.connect(url)
    key = await connection.fetchval("SELECT id FROM account WHERE email = $1", account(WHO))
    span = window_at(datetime.now(UTC)).span
    await connection.execute(ALONE, key)
    await connection.execute(THEIRS, key, span.start, span.end, ENTRIES)
    await connection.execute("VACUUM (ANALYZE) booking")
    await connection.execute(PUT_FEED, digest(FEED), account(WHO))
    spaces = [row["id"] for row in await connection.fetch(SPACES)]
    await connection.close()
    return Person(key, spaces)


async def _measured(port: int, uncached: int, person: Person) -> Taken:
    """A booking; what changed; all; in turn. Both are asked once before that, as apps begin with everything."""
    taken = Taken()
    async with _asking(port) as ask, _asking(uncached) as ask_uncached:
        began = [await ask(_report(person, ""), 207) for _ in range(LISTED)]
        taken.listed = [each.seconds for each in began]
        taken.entries = began[0].body.count(b"<d:response>")
        token, whole = began[0].token, await ask(get(PATH), 200)
        for turn, booking in enumerate(islice(_bookings(person), TURNS + WARMING)):
            await ask(booking, 201)
            synced = await ask(_report(person, token), 207)
            assert synced.body.count(b"<d:response>") == 1, synced.body
            whole = await ask(get(PATH, headers=f"If-None-Match: {whole.etag}\r\n"), 200)
            token = synced.token
            anew = await ask_uncached(get(PATH), 200)
            assert anew.etag == whole.etag
            if turn >= WARMING:
                taken.anew.append(anew.seconds)
                taken.synced.append(synced.seconds)
                taken.fetched.append(whole.seconds)
    return taken


@asynccontextmanager
async def _asking(port: int) -> AsyncIterator[Ask]:
    """Over one connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=AT_ONCE)

    async def ask(request: bytes, status: int) -> Answer:
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        body = await reader.readexactly(int(_found(LENGTH, head)))
        answer = Answer(head, body, time.perf_counter() - began)
        assert answer.status == status, (head, body[:1000])
        return answer

    yield ask
    writer.close()


def _found(pattern: re.Pattern[bytes], octets: bytes) -> str:
    match = pattern.search(octets)
    assert match is not None, octets[:1000]
    return match[1].decode()


def _report(person: Person, token: str) -> bytes:
    body = SYNC.format(token=token).encode()
    head = (
        f"REPORT /dav/{person.account_id}/personal/ HTTP/1.1\r\nHost: x\r\nDepth: 1\r\n"
        f"Authorization: Basic {b64encode(f'x:{secret(WHO)}'.encode()).decode()}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _bookings(person: Person) -> Iterator[bytes]:
    """Half hours that nobody has."""
    today = datetime.now(UTC).astimezone(WARSAW).date()
    for space, day in product(person.spaces, range(2, 20)):
        start = local_moment(today + timedelta(days=day), FREE_FROM)
        body = {
            "space_id": str(space),
            "start": start.isoformat(),
            "end": (start + timedelta(minutes=30)).isoformat(),
            "title": "Spotkanie na próbę",
            "attendees": 1,
            "outright": True,
        }
        yield post("/api/bookings", json.dumps(body).encode(), token=secret(WHO))
