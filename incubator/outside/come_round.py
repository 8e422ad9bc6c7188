"""What comes round by itself: calendars whose turn it is are looked at, times that became free are taken, and calendars
of those who have ended go."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.jobs.enqueue import enqueue
from incubator.outside.fill import RESOURCES, changed, fill
from incubator.outside.look import JOB
from incubator.outside.remove_calendar import take_out
from incubator.outside.rules import EVERY

# The turn is taken with the claim: whoever dies while looking leaves it for the next one.
DUE = """
UPDATE outside_calendar SET next_fetch_at = $1::timestamptz + $2 WHERE id IN (
    SELECT id FROM outside_calendar WHERE next_fetch_at <= $1 ORDER BY next_fetch_at LIMIT 100 FOR UPDATE SKIP LOCKED
) RETURNING id
"""
# An absence and a block have right of way, also over times that had been taken whole.
PARTIAL = f"""
SELECT id FROM outside_calendar AS calendar WHERE id IN (
    SELECT calendar_id FROM outside_busy WHERE NOT whole AND upper(during) > $1
) OR EXISTS (
    SELECT FROM ({RESOURCES}) AS wanted JOIN occupancy ON occupancy.resource_id = wanted.resource_id
    WHERE purpose = 'block' AND lower(occupancy.during) > $1::timestamptz - interval '367 days'
        AND upper(occupancy.during) > $1
) ORDER BY id FOR UPDATE SKIP LOCKED
"""
ENDED = """
SELECT calendar.id FROM outside_calendar AS calendar LEFT JOIN mentor ON mentor.id = mentor_id
LEFT JOIN space ON space.id = space_id
WHERE mentor.state = 'retired' OR space.retired_at IS NOT NULL ORDER BY calendar.id FOR UPDATE OF calendar SKIP LOCKED
"""


async def look_at_due(tx: Tx, *, now: datetime) -> None:
    for row in await tx.fetch(DUE, now, EVERY):
        await enqueue(tx, job=JOB, subject_id=row["id"])


async def fill_freed(tx: Tx, *, now: datetime) -> None:
    """What stood in the way of a busy time was called off, or lapsed."""
    for row in await tx.fetch(PARTIAL, now):
        if await fill(tx, calendar_id=row["id"], now=now):
            await changed(tx, calendar_id=row["id"])


async def drop_ended(tx: Tx, *, now: datetime) -> None:
    """Of mentors who have ended, and of spaces that were taken out of use."""
    for row in await tx.fetch(ENDED):
        await take_out(tx, calendar_id=row["id"], now=now)
