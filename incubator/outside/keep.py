"""Keep what a calendar says: new times are taken, those that are no longer there are freed, and a time that is as it
was keeps its row. In one short transaction, after the file was fetched and read."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.kernel.period import Period
from incubator.outside.fill import changed, fill

LOCKED = "SELECT * FROM outside_calendar WHERE id = $1 FOR UPDATE"
WANTED = "unnest($2::timestamptz[], $3::timestamptz[]) AS wanted (starts, ends)"
# Over ones go as well: nobody asks when somebody was busy last week.
FREE = f"""
WITH gone AS (
    DELETE FROM outside_busy WHERE calendar_id = $1 AND NOT EXISTS (
        SELECT FROM {WANTED} WHERE tstzrange(starts, ends) = outside_busy.during
    ) RETURNING id
),
freed AS (DELETE FROM occupancy WHERE subject_id IN (SELECT id FROM gone) RETURNING 1)
SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM freed)
"""
ADD = f"""
INSERT INTO outside_busy (calendar_id, during, whole) SELECT $1, tstzrange(starts, ends), false FROM {WANTED}
ON CONFLICT (calendar_id, during) DO NOTHING RETURNING id
"""
# Other calendars of the same mentor or space, that may say the same of a time that is free now.
BESIDE = """
SELECT other.id FROM outside_calendar AS calendar JOIN outside_calendar AS other
    ON other.id <> calendar.id AND (other.mentor_id = calendar.mentor_id OR other.space_id = calendar.space_id)
WHERE calendar.id = $1 ORDER BY other.id FOR UPDATE OF other
"""


async def calendar_locked(tx: Tx, *, calendar_id: UUID) -> asyncpg.Record | None:
    """The calendar, nobody else's until the transaction ends; None where it was removed."""
    return await tx.fetchrow(LOCKED, calendar_id)


async def keep(tx: Tx, *, calendar_id: UUID, busy: Sequence[Period], now: datetime) -> None:
    """`busy` is all that the calendar says. Its row is locked."""
    given = calendar_id, [one.start for one in busy], [one.end for one in busy]
    freed = await tx.fetchval(FREE, *given)
    added = await tx.fetch(ADD, *given)
    taken = await fill(tx, calendar_id=calendar_id, now=now)
    if freed:
        await fill_beside(tx, calendar_id=calendar_id, now=now)
    if freed or added or taken:
        await changed(tx, calendar_id=calendar_id)


async def fill_beside(tx: Tx, *, calendar_id: UUID, now: datetime) -> None:
    for row in await tx.fetch(BESIDE, calendar_id):
        await fill(tx, calendar_id=row["id"], now=now, everything=False)
