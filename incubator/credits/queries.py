"""What organisations, and people for themselves, were granted."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from incubator.credits.views import CreditView, LeftToDraw
from incubator.db.engine import Tx
from incubator.kernel.period import Period

VIEW = """
SELECT credit.id, credit.kind, credit.gmina_id, gmina.name AS gmina_name, name_pl, name_en, lower(valid) AS valid_from,
    upper(valid) AS valid_until, granted, used
FROM credit LEFT JOIN gmina ON gmina.id = credit.gmina_id
"""
ORDER = "ORDER BY upper(valid), credit.kind, credit.id"


async def credits_of(
    tx: Tx,
    *,
    holder_id: UUID,
    source_id: UUID | None = None,
    direct: bool = False,
    now: datetime | None = None,
) -> list[CreditView]:
    """Those of an organisation or of a person for themself, those that end first first; of one source only (and with `direct` those that
    coordinators granted by a deed of their own), or with `now` those that are not over."""
    rows = await tx.fetch(
        f"""{VIEW} WHERE holder_id = $1 AND ($2::uuid IS NULL OR source_id = $2 OR $4 AND source_id = credit.id)
        AND ($3::timestamptz IS NULL OR upper(valid) > $3) {ORDER}""",
        holder_id,
        source_id,
        now,
        direct,
    )
    return [CreditView(**row) for row in rows]


async def credits_by_id(tx: Tx, *, ids: Sequence[UUID]) -> list[CreditView]:
    """In the order in which they end."""
    return [CreditView(**row) for row in await tx.fetch(f"{VIEW} WHERE credit.id = ANY($1::uuid[]) {ORDER}", list(ids))]


LEFT = """
SELECT lower(valid) AS starts, upper(valid) AS ends, granted - used AS amount FROM credit
WHERE holder_id = $1 AND kind = $2 AND (gmina_id IS NULL OR gmina_id = $3) AND used < granted
ORDER BY upper(valid), id
"""


async def left_to_draw(tx: Tx, *, holder_id: UUID, kind: str, gmina_id: UUID) -> list[LeftToDraw]:
    """What of a kind is left in a gmina, in the order in which it is drawn (`draw.fitting`)."""
    rows = await tx.fetch(LEFT, holder_id, kind, gmina_id)
    return [LeftToDraw(valid=Period(row["starts"], row["ends"]), amount=row["amount"]) for row in rows]
