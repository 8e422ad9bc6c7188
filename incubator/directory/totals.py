"""How many companies the directory shows of each gmina today."""

from uuid import UUID

from incubator.db.engine import Tx

SHOWN = "SELECT gmina_id, count(*)::int AS companies FROM directory_profile WHERE state = 'published' GROUP BY gmina_id"


async def companies_shown(tx: Tx) -> dict[UUID, int]:
    return {row["gmina_id"]: row["companies"] for row in await tx.fetch(SHOWN)}
