"""Take what busy times of a calendar say is taken, as far as nothing else has it: the exclusion constraint is the only
judge. What is in the way is left alone, around it the time is taken, and it is tried again when the way is free.
"""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.versions import bump

TURNS = 8

RESOURCES = """
SELECT resource_id FROM mentor WHERE mentor.id = calendar.mentor_id
UNION ALL SELECT resource_id FROM space_resource WHERE space_resource.space_id = calendar.space_id
"""


def slot_of(resource: str, during: str) -> str:
    """The piece of the exclusion constraint's index that overlaps."""
    first, last = (f"({resource} << 33) + extract(epoch FROM {end}({during}))::bigint" for end in ("lower", "upper"))
    return f"int8range({first}, {last})"


# A row that came in between is there to be seen by the next look: ON CONFLICT waits for it to be committed.
# $1 calendar, $2 now, $3 whether those that are whole are looked at as well.
FILL = f"""
WITH gap AS (
    SELECT busy.id, wanted.resource_id, part
    FROM outside_calendar AS calendar JOIN outside_busy AS busy ON busy.calendar_id = calendar.id
    CROSS JOIN LATERAL ({RESOURCES}) AS wanted
    CROSS JOIN LATERAL (
        SELECT coalesce(range_agg(occupancy.during), '{{}}') AS taken FROM occupancy
        WHERE occupancy.slot && {slot_of("wanted.resource_id", "busy.during")}
    ) AS there
    CROSS JOIN LATERAL unnest(tstzmultirange(busy.during) - there.taken) AS part
    WHERE calendar.id = $1 AND upper(busy.during) > $2 AND ($3 OR NOT busy.whole)
),
made AS (
    INSERT INTO occupancy (resource_id, during, purpose, subject_id, state)
    SELECT resource_id, part, 'outside', id, 'firm' FROM gap ORDER BY resource_id, lower(part)
    ON CONFLICT DO NOTHING RETURNING 1
)
SELECT (SELECT count(*) FROM gap) AS wanted, (SELECT count(*) FROM made) AS made
"""
WHOLE = f"""
UPDATE outside_busy AS busy SET whole = NOT busy.whole FROM outside_calendar AS calendar
WHERE calendar.id = $1 AND busy.calendar_id = calendar.id AND upper(busy.during) > $2 AND ($3 OR NOT busy.whole)
    AND busy.whole = EXISTS (
        SELECT FROM ({RESOURCES}) AS wanted JOIN occupancy ON occupancy.slot && {slot_of("wanted.resource_id", "busy.during")}
        WHERE occupancy.subject_id <> busy.id
    )
"""
WHOSE = """
SELECT mentor_id AS key FROM outside_calendar WHERE id = $1 AND mentor_id IS NOT NULL
UNION SELECT other.space_id FROM outside_calendar AS calendar
    JOIN space_resource AS own ON own.space_id = calendar.space_id
    JOIN space_resource AS other ON other.resource_id = own.resource_id WHERE calendar.id = $1
"""


async def fill(tx: Tx, *, calendar_id: UUID, now: datetime, everything: bool = True) -> int:
    """How many pieces were taken; the calendar's row is locked. `everything` looks at busy times too that had all of
    their time before: something may have had right of way over them since."""
    taken = 0
    for _turn in range(TURNS):
        row = await tx.fetchrow(FILL, calendar_id, now, everything)
        assert row is not None
        taken += row["made"]
        if row["made"] == row["wanted"]:
            break
    # What came in between each time is in the way now, and the next round looks again.
    await tx.execute(WHOLE, calendar_id, now, everything)
    return taken


async def changed(tx: Tx, *, calendar_id: UUID) -> None:
    """Say to who keeps copies that times of the mentor or the space changed."""
    await bump(tx, [row["key"] for row in await tx.fetch(WHOSE, calendar_id)])
