"""What an hour that is given free of charge costs at the market: the benchmarks of a gmina, by the day."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from incubator.db.engine import Tx
from incubator.kernel.period import WARSAW
from incubator.people.actor import Actor


class What(StrEnum):
    """What is given by the hour."""

    MENTOR = "mentor_hour"
    TRAINING = "training_hour"


class BenchmarkView(msgspec.Struct, kw_only=True, frozen=True):
    """Net grosz for an hour (of a training: for each seat) that count since a day, and in Polish how they were found."""

    gmina_id: UUID
    gmina_name: str
    what: What
    since: date
    price: int
    source: str


class MissingView(msgspec.Struct, kw_only=True, frozen=True):
    """A gmina that has no benchmark today: what it gives there to companies is not written down as aid."""

    gmina_id: UUID
    gmina_name: str
    what: What


VIEW = """
SELECT gmina_id, gmina.name AS gmina_name, what, since, price, source
FROM aid_benchmark JOIN gmina ON gmina.id = gmina_id
"""
ON_DAY = f"{VIEW} WHERE gmina_id = $1 AND what = $2 AND since <= $3 ORDER BY since DESC LIMIT 1"
REACHED = f"{VIEW} WHERE gmina_id = ANY($1::uuid[]) OR $2 ORDER BY gmina.name, what, since DESC LIMIT 1000"
MISSING = """
SELECT gmina.id AS gmina_id, gmina.name AS gmina_name, asked.what
FROM gmina CROSS JOIN unnest($3::text[]) AS asked (what)
WHERE (gmina.id = ANY($1::uuid[]) OR $2) AND NOT EXISTS (
    SELECT FROM aid_benchmark WHERE gmina_id = gmina.id AND aid_benchmark.what = asked.what AND since <= $4
)
ORDER BY gmina.name, asked.what
"""


def counted(*, what: What, gmina: str, organisation: str, moment: str) -> str:
    """A piece of a statement: whether an hour for `organisation` may be aid of `gmina` at `moment`. Then `grant_hours`
    decides, in the transaction around the statement; where there is no benchmark nothing else is asked."""
    return f"""({organisation} IS NOT NULL AND EXISTS (
        SELECT FROM aid_benchmark WHERE aid_benchmark.gmina_id = {gmina} AND aid_benchmark.what = '{what}'
            AND aid_benchmark.since <= ({moment} AT TIME ZONE 'Europe/Warsaw')::date
    ))"""


async def benchmark_on(tx: Tx, *, gmina_id: UUID, what: What, day: date) -> BenchmarkView | None:
    """The one that counts on a day."""
    row = await tx.fetchrow(ON_DAY, gmina_id, what, day)
    return None if row is None else BenchmarkView(**_told(row))


async def benchmarks_for(tx: Tx, *, actor: Actor) -> list[BenchmarkView]:
    """Of the asker's gminas, the latest first."""
    rows = await tx.fetch(REACHED, list(actor.coordinates), actor.is_administrator)
    return [BenchmarkView(**_told(row)) for row in rows]


async def benchmarks_missing(tx: Tx, *, actor: Actor, now: datetime) -> list[MissingView]:
    """Which of the asker's gminas have none today, and of what."""
    reach = (list(actor.coordinates), actor.is_administrator)
    rows = await tx.fetch(MISSING, *reach, list(What), now.astimezone(WARSAW).date())
    return [MissingView(**_told(row)) for row in rows]


def _told(row: asyncpg.Record) -> dict[str, Any]:
    return {**row, "what": What(row["what"])}
