"""Take back that a transfer was for a charge: it was for something else."""

from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, NotFound
from incubator.ledger.reverse_entry import reverse_entry
from incubator.payments.locked import as_it_stands, locked_at_desk
from incubator.payments.states import ChargeState
from incubator.payments.tell import note, write_to_payer
from incubator.payments.views import ChargeView
from incubator.people.actor import Actor

GRACE = timedelta(days=7)
"""Whoever was told that they have paid gets so long to find out why they have not."""
PAYMENT = """
SELECT id, method, amount, withdrawn_at, EXISTS (SELECT FROM refund WHERE payment_id = payment.id) AS went_back,
    (SELECT entry.id FROM entry WHERE subject_kind = 'payment' AND subject_id = payment.id AND kind = 'payment') AS entry_id,
    (SELECT entry.id FROM entry WHERE subject_kind = 'payment' AND subject_id = payment.id AND kind = 'write_off') AS recovery_id
FROM payment WHERE id = $1 AND charge_id = $2
"""
RECOVERED = "SELECT amount FROM posting WHERE entry_id = $1 AND account = 'receivable'"
GIVE_UP_AGAIN = "UPDATE charge SET written_off = written_off + $2 WHERE id = $1"
# Open where something is still to come; else what is missing is just what was written off.
REOPEN = """
UPDATE charge SET state = CASE WHEN outstanding + $3 > 0 THEN 'open' ELSE 'written_off' END, paid_at = NULL, told_paid_at = NULL,
    told_overdue_at = NULL, reminders = 0, due_at = CASE WHEN outstanding + $3 > 0 THEN greatest(due_at, $2) ELSE due_at END
WHERE id = $1 AND state IN ('paid', 'written_off') AND (outstanding + $3 > 0 OR $4)
"""
WITHDRAW = "UPDATE payment SET withdrawn_at = $2, withdrawn_by_id = $3 WHERE id = $1"
COUNT_ON = "UPDATE charge SET version = version + 1 WHERE id = $1"


class NoSuchPayment(NotFound):
    """No payment of this charge."""

    code = "no_such_payment"
    sentence = N_("There is no such transfer here.")


class PaymentStays(Conflict):
    """It was taken back before, came through Stripe, or some of it has gone back."""

    code = "payment_stays"
    sentence = N_(
        "This payment stays: it was taken back already, did not come by transfer, or some of it was given back."
    )


async def unmatch(
    tx: Tx, *, actor: Actor, charge_id: UUID, payment_id: UUID, seen: int | None, now: datetime
) -> ChargeView:
    """Withdraw a payment by transfer; its line of the bank waits again. A charge that is not paid without it is
    open again, for another week at least, and who owes it is told. What was written off before it came is written off
    again. For the desk. Raises NoSuchCharge, ChangedMeanwhile, NoSuchPayment, PaymentStays."""
    charge = await locked_at_desk(tx, actor=actor, charge_id=charge_id, seen=seen)
    payment = await tx.fetchrow(PAYMENT, payment_id, charge_id)
    if payment is None:
        raise NoSuchPayment()
    if payment["withdrawn_at"] is not None or payment["went_back"] or payment["method"] != "transfer":
        raise PaymentStays()
    await _withdraw(tx, charge, payment, actor.account_id, now)
    after = {"amount": payment["amount"]}
    await note(tx, charge, "unmatch", by=actor.account_id, now=now, after=after)
    charge = await as_it_stands(tx, charge_id=charge_id)
    if charge.state == ChargeState.OPEN:
        await write_to_payer(tx, charge, "not_yours", now=now, amount=payment["amount"])
    return charge


async def _withdraw(tx: Tx, charge: ChargeView, payment: asyncpg.Record, by: UUID, now: datetime) -> None:
    await reverse_entry(tx, entry_id=payment["entry_id"], at=now, by=by)
    again = payment["recovery_id"] is not None and not charge.reason
    if again:
        recovered: int = await tx.fetchval(RECOVERED, payment["recovery_id"])
        await reverse_entry(tx, entry_id=payment["recovery_id"], at=now, by=by)
        await tx.execute(GIVE_UP_AGAIN, charge.id, recovered)
    await tx.execute(REOPEN, charge.id, now + GRACE, payment["amount"], again)
    await tx.execute(WITHDRAW, payment["id"], now, by)
    await tx.execute(COUNT_ON, charge.id)
