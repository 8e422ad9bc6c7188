"""What a charge is for is had for good: it is not given up any more, whatever becomes of the payment."""

from uuid import UUID

from incubator.db.engine import Tx

FIRM = "UPDATE charge SET lapses = false, version = version + 1 WHERE id = $1 AND lapses"


async def stand_firm(tx: Tx, *, charge_id: UUID) -> None:
    """Under the lock of the charge."""
    await tx.execute(FIRM, charge_id)
