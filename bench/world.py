"""Houses to measure in: one with 10,000 bookings, one with 1,000,000, kept between runs.

The servers are the embedded ones as shipped: fsync on, every commit synchronous. What is booked to be measured is booked
in a copy (`copied`): quotas, histories and calendars keep their marks of a booking that is taken out again, so a house
that was measured in would be slower, fuller and larger each time.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg

from incubator.db.embedded import embedded
from incubator.db.engine import open_database
from incubator.db.migrate import migrate, newest_revision
from incubator.demo.large import load_large

FOLDER = Path("data/bench")
SMALL, LARGE = 10_000, 1_000_000


@contextmanager
def houses(*sizes: int) -> Iterator[dict[int, str]]:
    """The addresses of houses with so many bookings each, filled where they are not yet."""
    with embedded(FOLDER) as url:
        yield {size: _house(url, size) for size in sizes}


@contextmanager
def copied(house: str) -> Iterator[str]:
    """The address of a copy of the house that can be written to, thrown away afterwards. Nobody is in the house then."""
    name = urlsplit(house).path.removeprefix("/")
    copy = f"{name}_measured"
    asyncio.run(_recreate(house, copy, like=name))
    try:
        yield urlsplit(house)._replace(path=f"/{copy}").geturl()
    finally:
        asyncio.run(_drop(house, copy))


def _house(server: str, size: int) -> str:
    name = f"house_{size}"
    url = urlsplit(server)._replace(path=f"/{name}").geturl()
    if not asyncio.run(_is_filled(url)):
        print(f"filling a house with {size:,} bookings, once …", flush=True)
        asyncio.run(_recreate(server, name))
        migrate(url)
        asyncio.run(_fill(url, size))
    return url


async def _is_filled(url: str) -> bool:
    try:
        connection = await asyncpg.connect(url)
    except asyncpg.InvalidCatalogNameError:
        return False
    try:
        marked = await connection.fetchval("SELECT obj_description(to_regclass('booking'))")
        return bool(marked == _mark())
    finally:
        await connection.close()


def _mark() -> str:
    """Bookings lie around the day of filling, so a house is good for the month it was made in."""
    return f"filled {datetime.now(UTC):%Y-%m} at {newest_revision()}, as it was"


async def _recreate(server: str, name: str, *, like: str = "template1") -> None:
    """From files: written to the log, a million bookings would take three times as long."""
    await _drop(server, name)
    connection = await asyncpg.connect(_elsewhere(server))
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY file_copy")
    await connection.close()


async def _drop(server: str, name: str) -> None:
    connection = await asyncpg.connect(_elsewhere(server))
    await connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    await connection.close()


def _elsewhere(url: str) -> str:
    """No database is copied or dropped by who is in it."""
    return urlsplit(url)._replace(path="/postgres").geturl()


async def _fill(url: str, size: int) -> None:
    async with open_database(url) as db:
        await load_large(db, spaces=200, bookings=size, now=datetime.now(UTC))
        await db.pool.execute(f"COMMENT ON TABLE booking IS '{_mark()}'")
        await db.pool.execute("CHECKPOINT")
