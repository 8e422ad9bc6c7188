"""Ask for money to be given back through Stripe, the way it came."""

from datetime import datetime, timedelta
from uuid import UUID

from incubator.db.engine import Tx
from incubator.jobs.enqueue import enqueue
from incubator.kernel.errors import N_, Conflict
from incubator.payments.stripe.till import SEND_REFUND

PATIENCE = timedelta(minutes=2)


class NotPaidByStripe(Conflict):
    """What was not paid this way cannot be given back this way."""

    code = "not_paid_by_stripe"
    sentence = N_("This was not paid by card or BLIK, so it is given back by transfer.")


PAID = "SELECT state = 'paid' FROM checkout WHERE id = $1"
WANT = """
INSERT INTO stripe_refund (refund_id, checkout_id, amount, state, attempt, error, wanted_at, ask_at)
VALUES ($1, $2, $3, 'wanted', 1, '', $4, $5) ON CONFLICT (refund_id) DO NOTHING RETURNING id
"""
FOUND = "SELECT id FROM stripe_refund WHERE refund_id = $1"


async def want_refund(tx: Tx, *, refund_id: UUID, checkout_id: UUID, amount: int, now: datetime) -> UUID:
    """Once for each `refund_id` of the house; `amount` is in grosz. How it went is told to the listeners. Raises
    NotPaidByStripe."""
    if not await tx.fetchval(PAID, checkout_id):
        raise NotPaidByStripe()
    made: UUID | None = await tx.fetchval(WANT, refund_id, checkout_id, amount, now, now + PATIENCE)
    if made is None:
        found: UUID = await tx.fetchval(FOUND, refund_id)
        return found
    await enqueue(tx, job=SEND_REFUND, subject_id=made)
    return made
