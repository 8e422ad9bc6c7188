"""Give back what was taken."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.period import Period

RELEASE = "DELETE FROM occupancy WHERE subject_id = $1 RETURNING resource_id"
HELD = "UPDATE occupancy SET state = 'held', expires_at = $2 WHERE subject_id = $1 RETURNING resource_id"
FIRM = "UPDATE occupancy SET state = 'firm', expires_at = NULL WHERE subject_id = $1 RETURNING resource_id"

# What is left of such a time on both sides stays taken. $1 resources, $2 start, $3 end, $4 and $5 the same in seconds.
MAKE_WAY = """
WITH gone AS (
    DELETE FROM occupancy USING unnest($1::bigint[]) AS wanted (key)
    WHERE purpose = 'outside'
        AND slot && int8range((wanted.key << 33) + $4::bigint, (wanted.key << 33) + $5::bigint)
    RETURNING occupancy.resource_id, occupancy.during, occupancy.subject_id
)
INSERT INTO occupancy (resource_id, during, purpose, subject_id, state)
SELECT resource_id, part, 'outside', subject_id, 'firm'
FROM gone CROSS JOIN LATERAL unnest(tstzmultirange(during) - tstzmultirange(tstzrange($2, $3))) AS part
"""


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


async def make_way(tx: Tx, *, resource_ids: Sequence[int], period: Period) -> None:
    """For what has right of way over the busy times of outside calendars. They are taken anew when it has gone."""
    seconds = int(period.start.timestamp()), int(period.end.timestamp())
    await tx.execute(MAKE_WAY, sorted(resource_ids), period.start, period.end, *seconds)
