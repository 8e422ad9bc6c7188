"""A poll of a feed that finds nothing new, against a handler of the same server that says a constant."""

import asyncio
from itertools import repeat
from uuid import UUID

import asyncpg

from bench.load import drive, get
from bench.rows import Row
from bench.server import serving
from incubator.demo.large import account
from incubator.kernel.ids import digest

ROUNDS, SECONDS, WARMING = 3, 3, 1
BARE = "/health/live"
SECRET = "bench" * 9
PUT_FEED = """
INSERT INTO feed_token (token_hash, account_id, name, fetched_by) SELECT $1, id, 'bench', '' FROM account
WHERE email = $2 ON CONFLICT DO NOTHING
"""


def rows(large: str) -> list[Row]:
    """The three kinds of feed; they and the bare handler take turns."""
    paths = asyncio.run(_paths(large))
    with serving(large) as port:
        polls = {name: _poll(port, path) for name, path in paths.items()}
        best = dict.fromkeys((BARE, *polls), 0.0)
        for turn in range(ROUNDS + 1):
            for name, request in ((BARE, get(BARE)), *polls.items()):
                outcome = drive(port, repeat(request), connections=16, seconds=SECONDS if turn else WARMING)
                best[name] = max(best[name], outcome.rate(200 if name == BARE else 304))
    return [
        Row(
            f"a poll of {name} that finds nothing new",
            f"{best[name]:,.0f}/s",
            f"bare handler {best[BARE]:,.0f}/s",
            best[name] / best[BARE],
            0.5,
        )
        for name in polls
    ]


def _poll(port: int, path: str) -> bytes:
    """A request that names the state the feed has now."""
    return get(path, headers=f"If-None-Match: {asyncio.run(_etag(port, path))}\r\n")


async def _etag(port: int, path: str) -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(get(path, headers="Connection: close\r\n"))
    head = (await reader.read()).partition(b"\r\n\r\n")[0].decode()
    writer.close()
    return next(line.partition(": ")[2] for line in head.split("\r\n") if line.lower().startswith("etag:"))


async def _paths(url: str) -> dict[str, str]:
    """A joined room where there is one, the largest incubator, and a person's own."""
    connection = await asyncpg.connect(url)
    space: UUID = await connection.fetchval("SELECT id FROM space ORDER BY resource_id NULLS FIRST LIMIT 1")
    slug: str = await connection.fetchval(
        "SELECT incubator.slug FROM incubator JOIN space ON space.incubator_id = incubator.id"
        " GROUP BY incubator.id ORDER BY count(*) DESC LIMIT 1"
    )
    await connection.execute(PUT_FEED, digest(SECRET), account(1))
    await connection.close()
    return {
        "a space's feed": f"/calendars/spaces/{space}.ics",
        "an incubator's feed": f"/calendars/incubators/{slug}.ics",
        "a person's feed": f"/calendars/personal/{SECRET}.ics",
    }
