"""Compare a day of Stripe's books with what we know, and list every difference."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from incubator.db.engine import Database, Tx, attempt, statement
from incubator.jobs.enqueue import enqueue
from incubator.kernel.period import WARSAW, local_midnight
from incubator.payments.stripe.balance import transactions
from incubator.payments.stripe.client import Declined
from incubator.payments.stripe.compare import Difference, Given, Known, Moved, Sent, Taken, compare
from incubator.payments.stripe.look_at_untold import look_at_untold
from incubator.payments.stripe.rows import lock_checkout
from incubator.payments.stripe.seen import TransactionSeen
from incubator.payments.stripe.settle_checkout import learn_fee
from incubator.payments.stripe.states import State
from incubator.payments.stripe.tells import Listeners
from incubator.payments.stripe.till import ASK_ACCOUNT, RECONCILE, Till

STALE = timedelta(days=14)
LAG = timedelta(hours=6)
"""Stripe may book a payment some time after it was made."""

BEGIN = """
INSERT INTO stripe_day (gmina_id, account, day, wanted_at, error)
SELECT gmina_id, account, $1::date, $2::timestamptz, '' FROM (
    SELECT gmina_id, account FROM stripe_account
    UNION SELECT gmina_id, account FROM checkout WHERE paid_at > $2::timestamptz - interval '100 days'
) AS used
ON CONFLICT (account, day) DO NOTHING
"""
LEFT = "SELECT id FROM stripe_day WHERE done_at IS NULL AND wanted_at > $1 ORDER BY day, id"
DAY = "SELECT account, day FROM stripe_day WHERE id = $1"
TAKEN = """
SELECT id, stripe_charge, amount, fee, paid_at >= $2 AND paid_at < $3 AS within
FROM checkout WHERE account = $1 AND state = 'paid' AND (stripe_charge = ANY ($4) OR paid_at >= $2 AND paid_at < $3)
"""
GIVEN = """
SELECT stripe_refund.stripe_id, stripe_refund.amount, stripe_refund.state, sent_at >= $2 AND sent_at < $3 AS within
FROM stripe_refund JOIN checkout ON checkout.id = checkout_id
WHERE account = $1 AND stripe_id IS NOT NULL AND (stripe_id = ANY ($4) OR sent_at >= $2 AND sent_at < $3)
"""
MOVED = "SELECT stripe_id, amount, fee FROM stripe_dispute_move WHERE stripe_id = ANY ($1)"
SENT = """
SELECT stripe_id, amount, state, made_of, sent_at >= $2 AND sent_at < $3 AS within FROM stripe_payout
WHERE account = $1 AND (stripe_id = ANY ($4) OR sent_at >= $2 AND sent_at < $3)
"""
# Two that compare the same day, the night's and the desk's, list what they found one after the other.
LOCK = "SELECT FROM stripe_day WHERE id = $1 FOR UPDATE"
CLEAR = "DELETE FROM stripe_difference WHERE day_id = $1"
WRITE = "INSERT INTO stripe_difference (day_id, kind, what, source, theirs, ours) VALUES ($1, $2, $3, $4, $5, $6)"
DONE = "UPDATE stripe_day SET done_at = $2, error = $3 WHERE id = $1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    account: str
    start: datetime
    end: datetime


async def reconcile_due(tx: Tx, *, now: datetime) -> int:
    """Have yesterday compared, of each account that is or was a gmina's, and what was left of the days before; and
    have each account asked whether it still takes payments. How many days."""
    await tx.execute(BEGIN, now.astimezone(WARSAW).date() - timedelta(days=1), now)
    days = await tx.fetch(LEFT, now - STALE)
    for row in days:
        await enqueue(tx, job=RECONCILE, subject_id=row["id"])
    for row in await tx.fetch("SELECT gmina_id FROM stripe_account"):
        await enqueue(tx, job=ASK_ACCOUNT, subject_id=row["gmina_id"])
    return len(days)


async def reconcile(till: Till, db: Database, *, subject_id: UUID, now: datetime) -> None:
    """The day `subject_id`, anew each time. Fees that were not known are learnt from it. Raises NotNow."""
    async with statement(db) as tx:
        row = await tx.fetchrow(DAY, subject_id)
    assert row is not None, "days are never taken away"
    day = Day(
        account=row["account"], start=local_midnight(row["day"]), end=local_midnight(row["day"] + timedelta(days=1))
    )
    try:
        booked = [one async for one in transactions(till.line, account=day.account, start=day.start, end=day.end + LAG)]
        await look_at_untold(till, db, account=day.account, booked=booked, now=now)
    except Declined as no:
        reason = no.reason
        await attempt(db, lambda tx: tx.execute(DONE, subject_id, now, reason))
        return
    await attempt(
        db, lambda tx: write_day(tx, listeners=till.listeners, day_id=subject_id, day=day, booked=booked, now=now)
    )


async def write_day(
    tx: Tx, *, listeners: Listeners, day_id: UUID, day: Day, booked: list[TransactionSeen], now: datetime
) -> None:
    """The differences between what Stripe `booked` and what we know, in the place of those that were found before."""
    await tx.execute(LOCK, day_id)
    known = await _known(tx, day, booked)
    found, fees = compare(booked, known, until=int(day.end.timestamp()))
    for checkout_id, fee in fees:
        row = await lock_checkout(tx, checkout_id)
        if row.state is State.PAID and row.fee is None:
            await learn_fee(tx, row=row, fee=fee, listeners=listeners, now=now)
    await tx.execute(CLEAR, day_id)
    await tx.executemany(WRITE, [_row(day_id, one) for one in found])
    await tx.execute(DONE, day_id, now, "")


async def _known(tx: Tx, day: Day, booked: list[TransactionSeen]) -> Known:
    given = (day.account, day.start, day.end, [one.source for one in booked if one.source])
    return Known(
        taken={row["stripe_charge"]: _taken(row) for row in await tx.fetch(TAKEN, *given)},
        given={
            row["stripe_id"]: Given(row["amount"], row["state"] == "failed", row["within"])
            for row in await tx.fetch(GIVEN, *given)
        },
        moved={
            row["stripe_id"]: Moved(row["amount"], row["fee"])
            for row in await tx.fetch(MOVED, [one.id for one in booked])
        },
        sent={row["stripe_id"]: _sent(row) for row in await tx.fetch(SENT, *given)},
    )


def _taken(row: asyncpg.Record) -> Taken:
    return Taken(row["id"], row["amount"], row["fee"], row["within"])


def _sent(row: asyncpg.Record) -> Sent:
    return Sent(row["amount"], row["state"] == "failed", row["made_of"], row["within"])


def _row(day_id: UUID, one: Difference) -> tuple[UUID, str, str, str, int | None, int | None]:
    return day_id, one.kind, one.what, one.source, one.theirs, one.ours
