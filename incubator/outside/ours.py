"""Which entries of a file are our own, read back: invitations that were accepted, a feed that was copied. They block
nothing, for what they are about does."""

from collections.abc import Iterable
from uuid import UUID

from incubator.calendars.entries import public_uid
from incubator.db.engine import Tx
from incubator.kernel.period import Period
from incubator.outside.read_file import Entry
from incubator.outside.rules import merged

OURS = """
SELECT id FROM unnest($1::uuid[]) AS asked (id)
WHERE EXISTS (SELECT FROM booking WHERE booking.id = asked.id) OR EXISTS (SELECT FROM meeting WHERE meeting.id = asked.id)
    OR EXISTS (SELECT FROM session WHERE session.id = asked.id) OR EXISTS (SELECT FROM series WHERE series.id = asked.id)
    OR EXISTS (SELECT FROM mentor_absence AS absence WHERE absence.id = asked.id)
"""
# In a public feed an entry goes by a name that does not tell what it is about; what was read here is among them.
PUBLIC = """
SELECT DISTINCT space_resource.space_id AS told_by, occupancy.subject_id
FROM outside_calendar AS calendar JOIN space_resource AS own ON own.space_id = calendar.space_id
JOIN occupancy ON occupancy.resource_id = own.resource_id
JOIN space_resource ON space_resource.resource_id = occupancy.resource_id WHERE calendar.id = $1
UNION
SELECT mentor.id, occupancy.subject_id FROM outside_calendar AS calendar JOIN mentor ON mentor.id = calendar.mentor_id
JOIN occupancy ON occupancy.resource_id = mentor.resource_id WHERE calendar.id = $1
"""


async def busy_in(tx: Tx, *, calendar_id: UUID, entries: Iterable[Entry]) -> list[Period]:
    """What the entries say is busy, our own left out."""
    listed = list(entries)
    asked = sorted({UUID(one.uid) for one in listed if one.uid})
    ours = {str(row["id"]) for row in await tx.fetch(OURS, asked)} if asked else set()
    if asked:
        ours |= {public_uid(row["told_by"], row["subject_id"]) for row in await tx.fetch(PUBLIC, calendar_id)}
    return merged(one.period for one in listed if one.uid not in ours)
