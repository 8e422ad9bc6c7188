"""A week of an incubator with 20 spaces as JSON over HTTP, against a bare SELECT of the same rows."""

import asyncio
import time
from datetime import UTC, datetime
from statistics import median
from urllib.parse import quote

import asyncpg

from bench.load import drive, get
from bench.rows import Row
from bench.server import serving
from incubator.kernel.period import local_days, monday_of

TURNS = 300
BARE = """
SELECT resource_id, during FROM occupancy
WHERE resource_id = ANY($1::bigint[]) AND lower(during) >= $2 AND lower(during) < $3
"""
INCUBATOR = """
SELECT incubator.slug, array_agg(space_resource.resource_id) AS resources
FROM incubator JOIN space ON space.incubator_id = incubator.id JOIN space_resource ON space_id = space.id
WHERE incubator.id = (SELECT incubator_id FROM space GROUP BY 1 ORDER BY count(*) DESC LIMIT 1)
GROUP BY 1
"""


def rows(large: str) -> list[Row]:
    week = local_days(monday_of(datetime.now(UTC).date()), 7)
    slug, spaces, found, bare = asyncio.run(_bare(large, week.start, week.end))
    path = f"/api/incubators/{slug}/availability?from={quote(week.start.isoformat())}&to={quote(week.end.isoformat())}"
    with serving(large) as port:
        drive(port, iter([get(path)] * 50), connections=1, seconds=10)
        outcome = drive(port, iter([get(path)] * TURNS), connections=1, seconds=30)
    assert outcome.statuses == {200: TURNS}, outcome.statuses
    return [
        Row(
            f"a week of {spaces} spaces as JSON, over HTTP",
            f"{outcome.median * 1000:.2f} ms",
            f"bare SELECT of {found} rows {bare * 1000:.2f} ms",
            outcome.median / bare,
            4,
            at_most=True,
        )
    ]


async def _bare(url: str, start: datetime, end: datetime) -> tuple[str, int, int, float]:
    """The incubator with most spaces, and the median time of the bare SELECT of its week."""
    connection = await asyncpg.connect(url)
    row = await connection.fetchrow(INCUBATOR)
    assert row is not None
    taken, found = [], 0
    for _ in range(TURNS):
        began = time.perf_counter()
        found = len(await connection.fetch(BARE, row["resources"], start, end))
        taken.append(time.perf_counter() - began)
    await connection.close()
    return row["slug"], len(set(row["resources"])), found, median(taken[50:])
