"""Write down what Stripe says of a dispute and what it booked for it, and tell who waits for it. Whatever the order of
events, Stripe shows the whole: each movement of money is written once, by Stripe's number of it."""

from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.payments.stripe.seen import DisputeSeen, TransactionSeen, moment_of
from incubator.payments.stripe.settle_checkout import NotTheSame
from incubator.payments.stripe.states import DisputeState, dispute_moved
from incubator.payments.stripe.tells import Disputed, DisputeMoved, Listeners

PAID = "SELECT id, gmina_id, charge_id FROM checkout WHERE payment_intent = $1 AND account = $2 AND state = 'paid'"
OPEN = """
INSERT INTO stripe_dispute (gmina_id, account, stripe_id, checkout_id, charge_id, amount, reason, status, state, due_at, opened_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, $10) ON CONFLICT (stripe_id) DO NOTHING RETURNING id
"""
LOCKED = "SELECT id, charge_id, state FROM stripe_dispute WHERE stripe_id = $1 AND account = $2 FOR UPDATE"
FOLLOW = """
UPDATE stripe_dispute SET state = $2, ended_at = CASE WHEN $2 <> 'open' THEN coalesce(ended_at, $3) END WHERE id = $1
"""
LEARN = "UPDATE stripe_dispute SET status = $2, due_at = coalesce($3, due_at) WHERE id = $1"
MOVE = """
INSERT INTO stripe_dispute_move (dispute_id, stripe_id, amount, fee, booked_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (stripe_id) DO NOTHING RETURNING id
"""


async def settle_dispute(tx: Tx, *, account: str, seen: DisputeSeen, listeners: Listeners, now: datetime) -> bool:
    """Whether it is of a payment that we know. Raises NotTheSame."""
    if seen.currency != "pln" or any(one.currency != "pln" for one in seen.balance_transactions):
        raise NotTheSame(f"{seen.id}: {seen.currency}")
    paid = await tx.fetchrow(PAID, seen.payment_intent, account)
    if paid is None:
        return False
    new, row = await _row(tx, account, seen, paid)
    before = DisputeState(row["state"])
    then = dispute_moved(before, seen.state)
    state = then or before
    # A late answer says less than what is known already.
    if then is not None or seen.state is before:
        await tx.execute(LEARN, row["id"], seen.status, seen.due_at)
    if then is not None:
        await tx.execute(FOLLOW, row["id"], then, now)
    for one in seen.balance_transactions:
        await _move(tx, row, one, state, listeners, now)
    if new or then is not None:
        await _tell(tx, row, seen, state, new, listeners, now)
    return True


async def _row(tx: Tx, account: str, seen: DisputeSeen, paid: asyncpg.Record) -> tuple[bool, asyncpg.Record]:
    """Whether it is new, and the row, locked. Raises NotTheSame."""
    told = (seen.amount, seen.reason, seen.status, seen.due_at, moment_of(seen.created))
    made = await tx.fetchval(OPEN, paid["gmina_id"], account, seen.id, paid["id"], paid["charge_id"], *told)
    row = await tx.fetchrow(LOCKED, seen.id, account)
    if row is None:
        raise NotTheSame(f"{seen.id} on {account}")
    return made is not None, row


async def _move(
    tx: Tx,
    row: asyncpg.Record,
    one: TransactionSeen,
    state: DisputeState,
    listeners: Listeners,
    now: datetime,
) -> None:
    made: UUID | None = await tx.fetchval(MOVE, row["id"], one.id, one.amount, one.fee, moment_of(one.created))
    if made is None:
        return
    about = {"dispute_id": row["id"], "charge_id": row["charge_id"]}
    told = DisputeMoved(move_id=made, **about, state=state, amount=one.amount, fee=one.fee)
    for on_moved in listeners.dispute_moved:
        await on_moved(tx, told=told, now=now)


async def _tell(
    tx: Tx,
    row: asyncpg.Record,
    seen: DisputeSeen,
    state: DisputeState,
    new: bool,
    listeners: Listeners,
    now: datetime,
) -> None:
    about = {"dispute_id": row["id"], "charge_id": row["charge_id"]}
    told = Disputed(**about, state=state, amount=seen.amount, due_at=seen.due_at, new=new)
    for on_disputed in listeners.disputed:
        await on_disputed(tx, told=told, now=now)
