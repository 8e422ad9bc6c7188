"""Ask for what the dates of a series cost: one letter about all that were charged in one go."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.payments.ask_together import ask_together

CHARGED = """
SELECT charge.id FROM charge JOIN booking ON booking.id = subject_id
WHERE subject_kind = 'booking' AND series_id = $1 AND charge.created_at = $2 AND charge.state = 'open'
ORDER BY lower(period), charge.id
"""


async def ask_for_series(tx: Tx, *, series_id: UUID, now: datetime) -> None:
    """Of what was charged at this moment; nothing where nothing was."""
    rows = await tx.fetch(CHARGED, series_id, now)
    await ask_together(tx, charge_ids=[row["id"] for row in rows], now=now)
