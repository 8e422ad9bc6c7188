"""Give back what was taken."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx

RELEASE = "DELETE FROM occupancy WHERE subject_id = $1 RETURNING resource_id"
HELD = "UPDATE occupancy SET state = 'held', expires_at = $2 WHERE subject_id = $1 RETURNING resource_id"
FIRM = "UPDATE occupancy SET state = 'firm', expires_at = NULL WHERE subject_id = $1 RETURNING resource_id"


async def release(tx: Tx, *, subject_id: UUID) -> list[int]:
    """Free everything that `subject_id` holds; the resources that are free again."""
    return [row["resource_id"] for row in await tx.fetch(RELEASE, subject_id)]


async def make_firm(tx: Tx, *, subject_id: UUID) -> list[int]:
    """What was held or pending for `subject_id` now stands; the resources it stands on."""
    return [row["resource_id"] for row in await tx.fetch(FIRM, subject_id)]


async def make_pending(tx: Tx, *, subject_id: UUID) -> None:
    """What was held for `subject_id` goes on blocking until a coordinator decides."""
    await tx.execute("UPDATE occupancy SET state = 'pending', expires_at = NULL WHERE subject_id = $1", subject_id)


async def make_held(tx: Tx, *, subject_id: UUID, until: datetime) -> list[int]:
    """What was taken for `subject_id`, or held for a shorter time, is held until then; the resources."""
    return [row["resource_id"] for row in await tx.fetch(HELD, subject_id, until)]
