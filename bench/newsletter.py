"""10,000 copies of an issue, listed and handed to an SMTP server on this machine by one worker with one line: how many a
second, and how much its memory grows from the first thousand to the last copy."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psutil

from bench.rows import Row
from bench.server import free_port
from incubator.db.engine import Database, open_database, statement, transaction
from incubator.kernel.ids import uuid7
from incubator.newsletter.send_issue import Courier
from incubator.newsletter.states import Copy

Counted = Callable[[], Awaitable[int]]
READERS, FIRST = 10_000, 1_000
GROWTH, RATE = 10.0, 100.0
"""Megabytes at most. Copies a second at least: ten times the pace that is set by default (NEWSLETTER_PER_MINUTE), so that
what holds an issue back is the pace that a mail server was promised, never the worker."""
SENDER = "Inkubatory <inkubatory@example.com>"
PUT = """
INSERT INTO newsletter_subscription (id, email, locale, state, words, how, asked_at, confirmed_at, bounces, version)
SELECT id, 'bench' || turn || '@example.com', CASE turn % 2 WHEN 0 THEN 'pl' ELSE 'en' END, 'confirmed', '2026-11', 'page', $2, $2, 0, 1
FROM unnest($1::uuid[]) WITH ORDINALITY AS given (id, turn)
"""
ISSUE = """
INSERT INTO newsletter_issue (id, title_pl, title_en, state, send_at, created_by, created_at, version)
SELECT $1, 'Wieści', 'News', 'scheduled', $2, id, $2, 1 FROM account WHERE email IS NOT NULL LIMIT 1
"""
PART = "INSERT INTO newsletter_part (issue_id, position, text_pl, text_en) VALUES ($1, 0, $2, $2)"
CLEAN = (
    "DELETE FROM newsletter_letter",
    "DELETE FROM newsletter_delivery",
    "DELETE FROM newsletter_part",
    "DELETE FROM newsletter_issue",
    "DELETE FROM newsletter_subscription",
)
TEXT = "## Wieści\n\n" + "Piszemy o **salach**, [mentorach](https://example.com) i naborach.\n\n" * 20


def rows(large: str) -> list[Row]:
    told = subprocess.run(
        [sys.executable, "-m", "bench.newsletter", large], check=True, capture_output=True, text=True
    ).stdout
    found = json.loads(told.splitlines()[-1])
    assert found["taken"] == found["sent"] == READERS, found
    grown = max(0.0, found["grown_mb"])
    what = f"{READERS:,} copies of a newsletter to a local SMTP server"
    return [
        Row(
            f"{what}, one worker with one line",
            f"{found['rate']:.0f}/s",
            f"{RATE:.0f}/s, ten times the pace set by default",
            found["rate"],
            RATE,
            unit="/s",
        ),
        Row(
            f"{what}: memory grown from copy {FIRST:,} to the last",
            f"{grown:.1f} MB",
            f"{GROWTH:.0f} MB",
            grown,
            GROWTH,
            at_most=True,
            unit="MB",
        ),
    ]


async def _measure(url: str) -> None:
    async with open_database(url, pool_size=4) as db, _sink() as (port, counted):
        key = await _prepare(db)
        courier, began = Courier(f"smtp://127.0.0.1:{port}", SENDER, 10_000_000), datetime.now(UTC)
        sizes: list[int] = []
        watching = asyncio.create_task(_watch(sizes, counted))
        for _ in range(200):
            await courier.send(db, subject_id=key, now=datetime.now(UTC))
            async with statement(db) as tx:
                if await tx.fetchval("SELECT state FROM newsletter_issue WHERE id = $1", key) == "sent":
                    break
        took = (datetime.now(UTC) - began).total_seconds()
        watching.cancel()
        async with statement(db) as tx:
            sent = await tx.fetchval("SELECT count(*) FROM newsletter_delivery WHERE state = $1", Copy.SENT)
        grown = (max(sizes) - sizes[0]) / 1e6 if sizes else 0.0
        print(json.dumps({"taken": await counted(), "sent": sent, "rate": READERS / took, "grown_mb": grown}))


async def _prepare(db: Database) -> UUID:
    key, now = uuid7(), datetime.now(UTC) - timedelta(hours=1)
    async with transaction(db) as tx:
        for statement_ in CLEAN:
            await tx.execute(statement_)
        await tx.execute(PUT, [uuid7() for _ in range(READERS)], now - timedelta(days=1))
        await tx.execute(ISSUE, key, now)
        await tx.execute(PART, key, TEXT)
    return key


async def _watch(sizes: list[int], counted: Counted) -> None:
    """The size of this process, once the first copies are out."""
    own = psutil.Process(os.getpid())
    while True:
        await asyncio.sleep(0.2)
        if await counted() >= FIRST:
            sizes.append(own.memory_info().rss)


@asynccontextmanager
async def _sink() -> AsyncIterator[tuple[int, Counted]]:
    """An SMTP server in a process of its own, that counts."""
    code = (
        "import sys,time\nfrom aiosmtpd.controller import Controller\n"
        "class Sink:\n    n=0\n    async def handle_DATA(self,s,e,v):\n        Sink.n+=1\n        return '250 OK'\n"
        "c=Controller(Sink(),hostname='127.0.0.1',port=int(sys.argv[1]))\nc.start()\nprint('up',flush=True)\n"
        "for line in sys.stdin: print(Sink.n,flush=True)\nc.stop()\n"
    )
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, str(port), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdin and process.stdout
    await process.stdout.readline()
    lock = asyncio.Lock()

    async def counted() -> int:
        assert process.stdin and process.stdout
        async with lock:
            process.stdin.write(b"\n")
            return int(await process.stdout.readline())

    try:
        yield port, counted
    finally:
        process.stdin.close()
        await process.wait()


if __name__ == "__main__":
    asyncio.run(_measure(sys.argv[1]))
