"""Have asked what Stripe has not told: comes round each minute."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.jobs.enqueue import enqueue
from incubator.payments.stripe.till import ASK_CHECKOUT, ASK_REFUND, END_CHECKOUT

MOST = 200
CHECKOUTS = """
UPDATE checkout
SET ask_at = CASE
    WHEN state = 'wanted' AND $1 < wanted_at + interval '20 minutes' THEN $1 + interval '2 minutes'
    WHEN state = 'wanted' THEN $1 + interval '10 minutes'
    WHEN $1 < expires_at THEN least($1 + interval '10 minutes', expires_at + interval '30 seconds')
    ELSE $1 + interval '1 hour'
END
WHERE id IN (SELECT id FROM checkout WHERE ask_at <= $1 ORDER BY ask_at LIMIT $2 FOR UPDATE SKIP LOCKED)
RETURNING id, unwanted_at IS NOT NULL AND state IN ('wanted', 'open') AS unwanted
"""
REFUNDS = """
UPDATE stripe_refund SET ask_at = $1 + CASE WHEN state = 'wanted' THEN interval '10 minutes' ELSE interval '6 hours' END
WHERE id IN (SELECT id FROM stripe_refund WHERE ask_at <= $1 ORDER BY ask_at LIMIT $2 FOR UPDATE SKIP LOCKED)
RETURNING id
"""


async def ask_due(tx: Tx, *, now: datetime) -> int:
    """How many are asked. When to ask again is written down at once, so that none is asked twice a minute."""
    checkouts = await tx.fetch(CHECKOUTS, now, MOST)
    for row in checkouts:
        await enqueue(tx, job=END_CHECKOUT if row["unwanted"] else ASK_CHECKOUT, subject_id=row["id"])
    refunds = await tx.fetch(REFUNDS, now, MOST)
    for row in refunds:
        await enqueue(tx, job=ASK_REFUND, subject_id=row["id"])
    return len(checkouts) + len(refunds)
