"""Write down what Stripe says of a refund, and tell who waits for it."""

from datetime import datetime, timedelta
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.payments.stripe.rows import RefundRow, lock_refund
from incubator.payments.stripe.seen import RefundSeen
from incubator.payments.stripe.settle_checkout import NotTheSame
from incubator.payments.stripe.states import RefundState, refund_moved
from incubator.payments.stripe.tells import Listeners, Refunded, RefundFailed

SELDOM = timedelta(hours=6)
MOVE = """
UPDATE stripe_refund SET state = $2, stripe_id = coalesce($3, stripe_id), error = $4, ask_at = $5,
    sent_at = CASE WHEN $3::text IS NULL THEN sent_at ELSE coalesce(sent_at, $6) END,
    ended_at = CASE WHEN $2 IN ('done', 'failed') THEN $6 END
WHERE id = $1
"""
GMINA = "SELECT gmina_id FROM checkout WHERE id = $1"


async def settle_refund(
    tx: Tx, *, request_id: UUID, seen: RefundSeen, listeners: Listeners, now: datetime
) -> RefundState:
    """The state that the refund has now. Raises NotTheSame."""
    row = await lock_refund(tx, request_id)
    if seen.amount != row.amount or row.stripe_id not in {None, seen.id}:
        raise NotTheSame(f"{seen.id}: {seen.amount}")
    then = refund_moved(row.state, seen.state)
    if then is None:
        return row.state
    await move(tx, row=row, then=then, stripe_id=seen.id, why=seen.failure_reason or "", listeners=listeners, now=now)
    return then


async def move(
    tx: Tx,
    *,
    row: RefundRow,
    then: RefundState,
    stripe_id: str | None,
    why: str,
    listeners: Listeners,
    now: datetime,
) -> None:
    """Climb. `row` is locked; `then` stands higher."""
    again = now + SELDOM if then is RefundState.SENT else None
    await tx.execute(MOVE, row.id, then, stripe_id, why, again, now)
    gmina: UUID = await tx.fetchval(GMINA, row.checkout_id)
    change = {"before": {"state": row.state}, "after": {"state": then}}
    await record(
        tx, now=now, actor_id=None, verb=then, subject_kind="stripe_refund", subject_id=row.id, gmina_id=gmina, **change
    )
    if then is RefundState.DONE:
        done = Refunded(refund_id=row.refund_id, checkout_id=row.checkout_id, amount=row.amount, at=now)
        for on_refunded in listeners.refunded:
            await on_refunded(tx, told=done, now=now)
    if then is RefundState.FAILED:
        failed = RefundFailed(
            refund_id=row.refund_id,
            checkout_id=row.checkout_id,
            amount=row.amount,
            reason=why,
            after_all=row.state is RefundState.DONE,
            at=now,
        )
        for on_failed in listeners.refund_failed:
            await on_failed(tx, told=failed, now=now)
