"""Of which charge an entry is: that of the payment, the refund or the dispute that it posts."""

from collections.abc import Sequence
from uuid import UUID

from incubator.db.engine import Tx

LED_TO = """
SELECT entry.id, coalesce(charge.id, payment.charge_id, refund.charge_id, stripe_dispute.charge_id) AS charge_id
FROM entry
LEFT JOIN charge ON entry.subject_kind = 'charge' AND charge.id = entry.subject_id
LEFT JOIN payment ON entry.subject_kind = 'payment' AND payment.id = entry.subject_id
LEFT JOIN refund ON entry.subject_kind = 'refund' AND refund.id = entry.subject_id
LEFT JOIN stripe_dispute_move AS move ON entry.subject_kind = 'stripe_dispute_move' AND move.id = entry.subject_id
LEFT JOIN stripe_dispute ON stripe_dispute.id = CASE entry.subject_kind WHEN 'stripe_dispute' THEN entry.subject_id ELSE move.dispute_id END
WHERE entry.id = ANY($1::uuid[])
"""


async def led_to(tx: Tx, *, entry_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Entries of a payout, or of a pass that is drawn down, are of none."""
    rows = await tx.fetch(LED_TO, entry_ids)
    return {row["id"]: row["charge_id"] for row in rows if row["charge_id"] is not None}
