"""Take resources for a period: all of them or none. The exclusion constraint is the only judge."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.period import Period


# A plain INSERT deadlocks when many want one slot; ON CONFLICT DO NOTHING waits for the other to
# commit and then gives no row, which means "taken" (ENGINEERING, PostgreSQL). Sorted, so that two
# joined rooms that share parts wait for each other in one order.
def taking_for(source: str) -> str:
    """The statement that takes what `source` selects: resource_id, start, end (turnaround included),
    purpose, subject, state, when it lapses."""
    return f"""
INSERT INTO occupancy (resource_id, during, purpose, subject_id, state, expires_at)
SELECT resource_id, tstzrange(starts, ends), purpose, subject_id, state, expires_at
FROM ({source}) AS wanted (resource_id, starts, ends, purpose, subject_id, state, expires_at)
ORDER BY resource_id, starts
ON CONFLICT DO NOTHING
RETURNING resource_id, subject_id
"""


TAKE = taking_for("""
    SELECT resource_id, $2::timestamptz, $3::timestamptz, $4::text, $5::uuid, $6::text, $7::timestamptz
    FROM unnest($1::bigint[]) AS resource_id
""")


async def take(
    tx: Tx,
    *,
    resource_ids: Sequence[int],
    period: Period,
    purpose: str,
    subject_id: UUID,
    state: str = "firm",
    expires_at: datetime | None = None,
) -> bool:
    """Whether all of `resource_ids` could be taken for `period` (turnaround included).

    Inside a transaction: when it says False, some may have been taken, so the caller must raise or
    `release` the subject.
    """
    rows = await tx.fetch(TAKE, sorted(resource_ids), period.start, period.end, purpose, subject_id, state, expires_at)
    return len(rows) == len(resource_ids)
