"""Have Stripe give money back, and ask how it went."""

from datetime import datetime, timedelta
from uuid import UUID

from incubator.db.engine import Database, Tx, attempt, statement, transaction
from incubator.payments.stripe.client import Declined
from incubator.payments.stripe.make_once import make_once
from incubator.payments.stripe.refunds import RefundWish, create_refund, find_refund, retrieve_refund
from incubator.payments.stripe.rows import RefundRow, lock_refund, read_refund
from incubator.payments.stripe.seen import RefundSeen
from incubator.payments.stripe.settle_checkout import NotTheSame
from incubator.payments.stripe.settle_refund import move, settle_refund
from incubator.payments.stripe.states import RefundState
from incubator.payments.stripe.till import Till

NEXT_DAY = timedelta(days=1)
UNANSWERED = "UPDATE stripe_refund SET error = $2, ask_at = $3 WHERE id = $1 AND ask_at IS NOT NULL"
NEXT = "UPDATE stripe_refund SET attempt = attempt + 1 WHERE id = $1 AND attempt = $2"


async def send_refund(till: Till, db: Database, *, subject_id: UUID, now: datetime) -> RefundState:
    """The state that the refund has then. Called again it gives nothing back twice: the key is the row's. Raises
    NotNow."""
    row = await read_refund(db, subject_id)
    if row.state is not RefundState.WANTED:
        return row.state
    try:
        seen = await _made(till, db, row, now)
    except Declined as no:
        reason = no.reason
        return await attempt(db, lambda tx: _failed(tx, till, subject_id, reason, now))
    return await attempt(
        db, lambda tx: settle_refund(tx, request_id=subject_id, seen=seen, listeners=till.listeners, now=now)
    )


async def ask_refund(till: Till, db: Database, *, subject_id: UUID, now: datetime) -> RefundState:
    """The state that the refund has at Stripe, which tells it late or never. Where Stripe will not say, that is
    noted, and it is asked again the next day. Raises NotNow."""
    row = await read_refund(db, subject_id)
    if row.stripe_id is None:
        return await send_refund(till, db, subject_id=subject_id, now=now)
    try:
        seen = await retrieve_refund(till.line, account=row.account, refund_id=row.stripe_id)
        return await attempt(
            db, lambda tx: settle_refund(tx, request_id=subject_id, seen=seen, listeners=till.listeners, now=now)
        )
    except (Declined, NotTheSame) as error:
        async with statement(db) as tx:
            await tx.execute(UNANSWERED, row.id, str(error), now + NEXT_DAY)
        return row.state


async def _made(till: Till, db: Database, row: RefundRow, now: datetime) -> RefundSeen:
    """Raises NotNow, Declined."""
    return await make_once(
        row,
        make=lambda row: create_refund(till.line, _wish(row)),
        unheard=lambda row: _unheard(till, _wish(row)),
        another_key=lambda row: _another_key(db, row),
        now=now,
    )


async def _unheard(till: Till, wish: RefundWish) -> RefundSeen | None:
    """What was made for the row, should the answer have been lost."""
    return await find_refund(
        till.line, account=wish.account, payment_intent=wish.payment_intent, request_id=wish.request_id
    )


async def _another_key(db: Database, row: RefundRow) -> RefundRow:
    async with transaction(db) as tx:
        await tx.execute(NEXT, row.id, row.attempt)
    return await read_refund(db, row.id)


def _wish(row: RefundRow) -> RefundWish:
    assert row.payment_intent is not None, "only what was paid is given back"
    return RefundWish(
        request_id=row.id,
        attempt=row.attempt,
        account=row.account,
        payment_intent=row.payment_intent,
        amount=row.amount,
    )


async def _failed(tx: Tx, till: Till, request_id: UUID, reason: str, now: datetime) -> RefundState:
    """An event may have told meanwhile that it was made after all."""
    row = await lock_refund(tx, request_id)
    if row.state is not RefundState.WANTED:
        return row.state
    failed = RefundState.FAILED
    await move(tx, row=row, then=failed, stripe_id=None, why=reason, listeners=till.listeners, now=now)
    return failed
