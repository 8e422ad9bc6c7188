"""Everybody wants one hour: sixteen connections on one slot, by `take` and by a plain INSERT."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import asyncpg

from bench.rows import Row
from incubator.db.engine import Tx
from incubator.kernel.ids import uuid7
from incubator.kernel.period import Period
from incubator.occupancy.take import take

SECONDS, CLIENTS = 5, 16
PLAIN = """
INSERT INTO occupancy (resource_id, during, purpose, subject_id, state)
VALUES ($1, tstzrange($2, $3), 'block', $4, 'firm')
"""
START = datetime(2070, 1, 1, tzinfo=UTC)
GONE = "DELETE FROM occupancy WHERE lower(during) >= $1"


def rows(large: str) -> list[Row]:
    ours, slowest = asyncio.run(_crowd(large, _take, START))
    plain, _ = asyncio.run(_crowd(large, _plain, START + timedelta(days=1)))
    tries, others = sum(ours.values()) / SECONDS, sum(plain.values()) / SECONDS
    return [
        Row("everybody wants one hour: winners", str(dict(ours)), str(dict(plain)), ours["won"], 1, True, ""),
        Row("… deadlocks", str(ours["deadlock"]), str(plain["deadlock"]), ours["deadlock"], 0, True, ""),
        Row("… slowest answer", f"{slowest * 1000:.0f} ms", "", slowest * 1000, 100, True, "ms"),
        Row("… attempts", f"{tries:,.0f}/s", f"plain INSERT {others:,.0f}/s", tries / others, 5),
    ]


async def _crowd(
    url: str, attempt: Callable[[Tx, Period], Awaitable[str]], start: datetime
) -> tuple[Counter[str], float]:
    """What the attempts came to within the time, and the slowest of them in seconds."""
    slot, told, slowest = Period(start, start + timedelta(hours=1)), Counter[str](), 0.0
    until = time.perf_counter() + SECONDS

    async def one() -> None:
        nonlocal slowest
        connection = await asyncpg.connect(url)
        while (began := time.perf_counter()) < until:
            told[await attempt(connection, slot)] += 1
            slowest = max(slowest, time.perf_counter() - began)
        await connection.close()

    await asyncio.gather(*(one() for _ in range(CLIENTS)))
    connection = await asyncpg.connect(url)
    await connection.execute(GONE, START)
    await connection.close()
    return told, slowest


async def _take(tx: Tx, slot: Period) -> str:
    return "won" if await take(tx, resource_ids=[1], period=slot, purpose="block", subject_id=uuid7()) else "taken"


async def _plain(tx: Tx, slot: Period) -> str:
    try:
        await tx.execute(PLAIN, 1, slot.start, slot.end, uuid7())
    except asyncpg.ExclusionViolationError:
        return "taken"
    except asyncpg.DeadlockDetectedError:
        return "deadlock"
    return "won"
