"""What of a gmina's money waits for its coordinators, for the page that they begin the day with."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor

WAITS = """
SELECT gmina.id AS gmina_id, disputes, evidence_by, late, refunds FROM gmina
CROSS JOIN LATERAL (
    SELECT count(*) AS disputes, min(due_at) AS evidence_by FROM stripe_dispute WHERE gmina_id = gmina.id AND state = 'open'
) AS disputed
CROSS JOIN LATERAL (
    SELECT count(*) AS late FROM charge WHERE gmina_id = gmina.id AND state = 'open' AND due_at <= $2
) AS overdue
CROSS JOIN LATERAL (
    SELECT count(*) AS refunds FROM refund WHERE gmina_id = gmina.id AND state <> 'done' AND method = 'transfer'
) AS owed
WHERE gmina.id = ANY($1::uuid[]) AND disputes + late + refunds > 0 ORDER BY gmina.name
"""


@dataclass(frozen=True, slots=True)
class MoneyWaits:
    """`evidence_by` is until when Stripe takes evidence on the first of the disputes; `refunds` are those to be sent by
    transfer."""

    gmina_id: UUID
    disputes: int
    evidence_by: datetime | None
    late: int
    refunds: int


async def waits_at_desk(tx: Tx, *, actor: Actor, now: datetime) -> list[MoneyWaits]:
    """Of each gmina that the actor coordinates in which anything waits."""
    rows = await tx.fetch(WAITS, list(actor.coordinates), now)
    return [MoneyWaits(**row) for row in rows]
