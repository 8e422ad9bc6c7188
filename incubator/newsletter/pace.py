"""How fast copies go: one pace for all workers and issues, kept in the database."""

from datetime import datetime, timedelta

from incubator.db.engine import Tx

AHEAD = 2.0
"""Seconds for which times are taken in one go: what a worker that dies leaves unused."""
MOST = 50

RESERVE = """
INSERT INTO newsletter_pace AS own (id, free_at) VALUES (1, $1::timestamptz + $2::interval)
ON CONFLICT (id) DO UPDATE SET free_at = greatest(own.free_at, $1) + $2 RETURNING free_at - $2
"""


async def reserve(tx: Tx, *, per_minute: int, now: datetime) -> list[datetime]:
    """The next times at which a copy may go, at least one."""
    step = timedelta(minutes=1) / max(1, per_minute)
    n = max(1, min(MOST, int(per_minute * AHEAD / 60)))
    first = await tx.fetchval(RESERVE, now, step * n)
    return [first + step * turn for turn in range(n)]
