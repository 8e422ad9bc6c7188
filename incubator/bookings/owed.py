"""What is owed for a booking as it stands, paid or not."""

from uuid import UUID

from incubator.db.engine import Tx

OWED = """
SELECT coalesce(sum(owed), 0)::bigint FROM charge
WHERE subject_kind = 'booking' AND subject_id = $1 AND state <> 'cancelled' AND reason = ''
"""


async def owed_for(tx: Tx, *, booking_id: UUID) -> int:
    """In grosz with tax and deposit; nothing where nothing was charged, or it was given back."""
    owed: int = await tx.fetchval(OWED, booking_id)
    return owed
