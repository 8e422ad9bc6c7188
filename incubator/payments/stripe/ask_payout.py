"""Ask Stripe how a payout to the gmina's bank stands, and what it is made of; write it down, and tell who waits."""

from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Database, Tx, attempt
from incubator.jobs.enqueue import enqueue
from incubator.kernel.period import WARSAW
from incubator.payments.stripe.balance import retrieve_payout, transactions_of_payout
from incubator.payments.stripe.seen import OWN, PayoutSeen, moment_of
from incubator.payments.stripe.settle_checkout import NotTheSame
from incubator.payments.stripe.states import PayoutState, payout_moved
from incubator.payments.stripe.tells import Listeners, PaidOut
from incubator.payments.stripe.till import RECONCILE, Till

GMINA = """
SELECT gmina_id FROM stripe_account WHERE account = $1 UNION ALL SELECT gmina_id FROM checkout WHERE account = $1 LIMIT 1
"""
SEND = """
INSERT INTO stripe_payout (gmina_id, account, stripe_id, amount, state, arrives_on, sent_at, error)
VALUES ($1, $2, $3, $4, 'sent', $5, $6, '') ON CONFLICT (stripe_id) DO NOTHING RETURNING id
"""
LOCKED = """
SELECT id, gmina_id, amount, state, made_of FROM stripe_payout WHERE stripe_id = $1 AND account = $2 FOR UPDATE
"""
FOLLOW = """
UPDATE stripe_payout SET state = $2, ended_at = $3, error = $4 WHERE id = $1
"""
SUM = "UPDATE stripe_payout SET made_of = $3 WHERE stripe_id = $1 AND account = $2 RETURNING amount <> $3"
ITS_DAY = "SELECT id FROM stripe_day WHERE account = $1 AND day = $2"


async def ask_payout(till: Till, db: Database, *, account: str, payout_id: str, now: datetime) -> None:
    """Raises NotNow, Declined, NotTheSame."""
    seen = await retrieve_payout(till.line, account=account, payout_id=payout_id)
    known = await attempt(
        db, lambda tx: settle_payout(tx, account=account, seen=seen, listeners=till.listeners, now=now)
    )
    if known is not None or not seen.can_be_compared:
        return
    found = [one async for one in transactions_of_payout(till.line, account=account, payout_id=payout_id)]
    total = sum(one.net for one in found if one.type not in OWN)
    await attempt(db, lambda tx: _sum_up(tx, account, seen, total))


async def settle_payout(tx: Tx, *, account: str, seen: PayoutSeen, listeners: Listeners, now: datetime) -> int | None:
    """What it is made of, if that is known. Raises NotTheSame."""
    if seen.currency != "pln" or not seen.amount:
        raise NotTheSame(f"{seen.id}: {seen.amount} {seen.currency}")
    new, row = await _row(tx, account, seen)
    before = PayoutState(row["state"])
    then = payout_moved(before, seen.state)
    if then is not None:
        await tx.execute(FOLLOW, row["id"], then, now, seen.failure_message or "")
    if new or then is not None:
        told = PaidOut(
            payout_id=row["id"],
            gmina_id=row["gmina_id"],
            amount=row["amount"],
            state=then or before,
            before=None if new else before,
        )
        for on_paid_out in listeners.paid_out:
            await on_paid_out(tx, told=told, now=now)
    made_of: int | None = row["made_of"]
    return made_of


async def _row(tx: Tx, account: str, seen: PayoutSeen) -> tuple[bool, asyncpg.Record]:
    """Whether it is new, and the row, locked. Raises NotTheSame."""
    gmina_id: UUID = await tx.fetchval(GMINA, account)
    arrives_on = moment_of(seen.arrival_date).date()
    told = (seen.id, seen.amount, arrives_on, moment_of(seen.created))
    made = await tx.fetchval(SEND, gmina_id, account, *told)
    row = await tx.fetchrow(LOCKED, seen.id, account)
    if row is None or row["amount"] != seen.amount:
        raise NotTheSame(f"{seen.id}: {seen.amount} on {account}")
    return made is not None, row


async def _sum_up(tx: Tx, account: str, seen: PayoutSeen, total: int) -> None:
    """Where it is made of something else, the day on which it left is compared again, which lists it."""
    differs = await tx.fetchval(SUM, seen.id, account, total)
    day = await tx.fetchval(ITS_DAY, account, moment_of(seen.created).astimezone(WARSAW).date())
    if differs and day is not None:
        await enqueue(tx, job=RECONCILE, subject_id=day)
