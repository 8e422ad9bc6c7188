"""Whether dates of a series are where they were when somebody was told of them."""

from collections.abc import Sequence
from uuid import UUID

from incubator.bookings.series_changes import CHANGES
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.kernel.uids import sequence_at


class MovedSince(Conflict):
    """Who answered may not have known where it is now."""

    code = "date_moved_since"
    sentence = N_(
        "It has been moved since that invitation, so your answer may not be meant for when and where it is now."
    )


# When the last of these dates came to where it is, and how many changes the series had had by then: of those after it,
# each has a row in the history, of one date or of the whole. That a series was made is none.
CAME_THERE = f"""
SELECT there.at, told.changes - (
    SELECT count(*) FROM history
    WHERE subject_id = ANY(ARRAY(SELECT id FROM booking WHERE series_id = series.id) || series.id) AND at > there.at
        AND (before IS NOT NULL OR subject_id = series.id AND verb <> 'repeat')
)::int AS changes
FROM series {CHANGES}
CROSS JOIN LATERAL (
    SELECT coalesce(max(at), series.created_at) AS at FROM history
    WHERE subject_id = ANY($2::uuid[]) AND before - 'state' IS DISTINCT FROM after - 'state'
) AS there
WHERE series.id = $1
"""


async def must_be_where_told(tx: Tx, *, series_id: UUID, booking_ids: Sequence[UUID], sequence: int) -> None:
    """That these dates have been where they are since the series was told of with this SEQUENCE, or before. Raises
    MovedSince."""
    row = await tx.fetchrow(CAME_THERE, series_id, booking_ids)
    if row is None or sequence < sequence_at(row["at"], row["changes"]):
        raise MovedSince()
