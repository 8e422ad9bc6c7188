"""How many read the newsletter at a moment: in all, and the news of each gmina."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx

# Who chose no gmina reads of all of them.
READ = "confirmed_at < $1 AND (state = 'confirmed' OR ended_at >= $1)"
READERS = f"""
SELECT NULL::uuid AS gmina_id, count(*)::int AS readers FROM newsletter_subscription WHERE {READ}
UNION ALL
SELECT gmina.id, count(*)::int FROM gmina JOIN newsletter_subscription
    ON gmina.id = ANY(gmina_ids) OR gmina_ids = '{{}}' WHERE {READ} GROUP BY gmina.id
"""


async def readers_at(tx: Tx, *, moment: datetime) -> dict[UUID | None, int]:
    """By gmina; all of them, each once, under None."""
    return {row["gmina_id"]: row["readers"] for row in await tx.fetch(READERS, moment)}
