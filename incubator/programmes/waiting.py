"""How many applications wait for a decision of who runs an edition: handed in and not checked, or not supplemented
in time."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx

TO_CHECK = """
SELECT edition_id, count(*) AS n FROM application
WHERE edition_id = ANY($1::uuid[]) AND (state = 'submitted' OR state = 'supplementing' AND supplement_until <= $2)
GROUP BY edition_id
"""


async def waiting_in(tx: Tx, *, edition_ids: Collection[UUID], now: datetime) -> dict[UUID, int]:
    """By edition, for the editions that the asker runs; those without any are left out."""
    return {row["edition_id"]: row["n"] for row in await tx.fetch(TO_CHECK, list(edition_ids), now)}
