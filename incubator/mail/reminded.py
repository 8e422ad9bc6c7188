"""Who was reminded of what: a row before each reminder, so that nobody gets one twice, however many workers there are."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx

FIRST = """
INSERT INTO reminded (subject_id, recipient, minutes, starts) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
RETURNING true
"""


async def first_time(tx: Tx, *, subject_id: UUID, to: str, minutes: int, starts: datetime) -> bool:
    """Whether nobody has reminded them of this so many minutes before that start; from now on somebody has. What is
    moved starts at another time, and they are reminded of it anew."""
    return bool(await tx.fetchval(FIRST, subject_id, to, minutes, starts))
