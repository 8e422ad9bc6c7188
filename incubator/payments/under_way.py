"""Whether money for a charge may be on its way: by a checkout that has not ended."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx

LIVE = "SELECT expires_at FROM checkout WHERE charge_id = $1 AND state IN ('wanted', 'open') FOR UPDATE"
LAPSING = """
SELECT id FROM charge WHERE subject_kind = $1 AND subject_id = $2 AND lapses AND state IN ('open', 'paid') ORDER BY id
"""


async def paying_until(tx: Tx, *, charge_id: UUID) -> datetime | None:
    """Until when the live checkout of the charge is to be waited for; None where there is none. Until the transaction
    ends nothing comes by it: the locks are taken as everywhere, the checkout before the charge."""
    found: datetime | None = await tx.fetchval(LIVE, charge_id)
    return found


async def lapsing_charges(tx: Tx, *, subject_kind: str, subject_id: UUID) -> list[UUID]:
    """Those by which a thing is waited to be paid, or was just paid; unlocked."""
    return [row["id"] for row in await tx.fetch(LAPSING, subject_kind, subject_id)]
