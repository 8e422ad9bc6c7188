"""Take in a payment for a charge, however it came."""

from datetime import date, datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.jobs.enqueue import enqueue
from incubator.ledger.states import Account, EntryKind
from incubator.payments.locked import as_it_stands, locked_to_settle, set_state
from incubator.payments.posting import money_at, next_number, post
from incubator.payments.states import ChargeState, Method
from incubator.payments.tell import note, write_to_payer
from incubator.payments.views import ChargeView

SETTLED = "charge_settled"
"""The job that does what follows from a charge being paid: see hand_over.py."""
LATE = "charge_paid_late"
"""The job that does what follows from money that comes for what was cancelled."""
ADD = """
INSERT INTO payment (gmina_id, charge_id, bank_line_id, method, amount, received_on, reference, by_id, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING id
"""
RECOVER = "UPDATE charge SET written_off = written_off - $2 WHERE id = $1"


async def settle_charge(
    tx: Tx,
    *,
    charge_id: UUID,
    method: Method,
    amount: int,
    received_on: date,
    reference: str,
    now: datetime,
    by: UUID | None = None,
    bank_line_id: UUID | None = None,
    fee: int = 0,
) -> ChargeView:
    """Count `amount` grosz to the charge; `fee` is what Stripe kept of it. Once all has come the charge is paid,
    and what follows from that is asked for as a job. What comes too much, or for a charge that was cancelled, is
    counted too and shown as too much (`surplus`), to be given back; for one that was cancelled a job sees to it. A `reference` of Stripe's that came before
    changes nothing. Raises NoSuchCharge."""
    charge = await locked_to_settle(tx, charge_id=charge_id, now=now)
    given = (charge.gmina_id, charge_id, bank_line_id, method, amount, received_on, reference, by, now)
    payment_id: UUID | None = await tx.fetchval(ADD, *given)
    if payment_id is None:
        return charge
    await _post(tx, charge, payment_id, method, amount, fee, at=now, by=by)
    await note(tx, charge, "pay", by=by, now=now, after={"amount": amount, "method": method})
    if charge.written_off:
        await recover(tx, charge, min(amount, charge.written_off), at=now, by=by)
    return await _after(tx, charge_id, amount, now)


async def _post(
    tx: Tx,
    charge: ChargeView,
    payment_id: UUID,
    method: Method,
    amount: int,
    fee: int,
    *,
    at: datetime,
    by: UUID | None,
) -> None:
    subject = ("payment", payment_id)
    came = (money_at(method), amount), (Account.RECEIVABLE, -amount)
    await post(tx, charge, EntryKind.PAYMENT, *came, at=at, by=by, subject=subject)
    kept = (Account.FEES, fee), (money_at(method), -fee)
    await post(tx, charge, EntryKind.FEE, *kept, at=at, by=by, subject=subject)


async def recover(tx: Tx, charge: ChargeView, amount: int, *, at: datetime, by: UUID | None) -> None:
    """So much of what was written off is no loss after all: somebody pays it, or need not."""
    number = await next_number(tx, charge, EntryKind.WRITE_OFF)
    back = (Account.RECEIVABLE, amount), (Account.WRITE_OFFS, -amount)
    await post(tx, charge, EntryKind.WRITE_OFF, *back, at=at, by=by, number=number)
    await tx.execute(RECOVER, charge.id, amount)


async def _after(tx: Tx, charge_id: UUID, amount: int, now: datetime) -> ChargeView:
    charge = await as_it_stands(tx, charge_id=charge_id)
    waited_for = charge.state == ChargeState.OPEN or (
        charge.state == ChargeState.WRITTEN_OFF and not charge.written_off
    )
    if not waited_for or charge.outstanding > 0:
        await tx.execute("UPDATE charge SET version = version + 1 WHERE id = $1", charge_id)
        charge = await as_it_stands(tx, charge_id=charge_id)
        if charge.state == ChargeState.CANCELLED and charge.surplus:
            await enqueue(tx, job=LATE, subject_id=charge_id)
    else:
        charge = await set_state(tx, charge_id=charge_id, state=ChargeState.PAID, now=now)
        await enqueue(tx, job=SETTLED, subject_id=charge_id)
    await write_to_payer(tx, charge, "came", now=now, amount=amount)
    return charge
