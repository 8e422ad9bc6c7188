"""How many topics were asked for and answered in a span of time, for each gmina and for the office."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicTotal:
    """Topics that were let through, and those that were answered, whenever they had been asked for."""

    gmina_id: UUID | None
    asked: int = 0
    answered: int = 0


# $1, $2 the span; $3 gminas, NULL: every one and the office.
TOTALS = """
SELECT gmina_id, (count(*) FILTER (WHERE opened_at >= $1 AND opened_at < $2))::int AS asked,
    (count(*) FILTER (WHERE state = 'answered' AND EXISTS (
        SELECT FROM topic_note WHERE topic_id = topic_request.id AND kind = 'answer'
            AND published_at >= $1 AND published_at < $2
    )))::int AS answered
FROM topic_request WHERE opened_at < $2 AND ($3::uuid[] IS NULL OR gmina_id = ANY($3)) GROUP BY gmina_id
"""


async def topic_totals(tx: Tx, *, gmina_ids: Sequence[UUID] | None, span: Period) -> dict[UUID | None, TopicTotal]:
    """By gmina; those of the office under None. Without `gmina_ids`, of everybody."""
    rows = await tx.fetch(TOTALS, span.start, span.end, None if gmina_ids is None else list(gmina_ids))
    return {row["gmina_id"]: TopicTotal(**row) for row in rows}
