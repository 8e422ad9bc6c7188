"""End what a source granted: nothing later can be drawn from it any more."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx

# One that had not begun keeps an instant at its beginning, for a credit has always some time. $2 is now.
CUT = "tstzrange(lower(valid), greatest($2, lower(valid) + interval '1 microsecond'))"
END = f"""
UPDATE credit SET valid = {CUT}
WHERE source_id = $1 AND upper(valid) > $2 RETURNING id
"""


async def end_credits(tx: Tx, *, source_id: UUID, now: datetime) -> list[UUID]:
    """Cut short what a participation (or another deed) granted; those that were still good. What was booked
    on them for later stands until somebody calls it off."""
    return [row["id"] for row in await tx.fetch(END, source_id, now)]
