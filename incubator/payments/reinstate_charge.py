"""Owe again what was cancelled: what it was for is had after all, and its money has come."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.jobs.enqueue import enqueue
from incubator.kernel.errors import N_, Conflict
from incubator.ledger.states import Account, EntryKind
from incubator.payments.cancel_charge import EARNS
from incubator.payments.locked import as_it_stands, locked, set_state
from incubator.payments.posting import next_number, post
from incubator.payments.settle_charge import SETTLED
from incubator.payments.states import ChargeState
from incubator.payments.tell import note
from incubator.payments.views import ChargeView

AGAIN = """
UPDATE charge SET back_net = 0, back_vat = 0, deposit_back = 0, deposit_settled_at = NULL, reason = '', lapses = false,
    told_paid_at = NULL, state = 'open'
WHERE id = $1
"""


class NotReinstated(Conflict):
    """It was not cancelled whole, or not all of its money is there."""

    code = "charge_not_reinstated"
    sentence = N_("This payment cannot be taken up again: it was not cancelled, or not all of it has been paid.")


async def reinstate_charge(tx: Tx, *, charge_id: UUID, by: UUID | None, now: datetime) -> ChargeView:
    """Undo the cancellation of a charge for which all has come since: the entry is reversed, and it is paid. What
    follows from that is asked for as a job. Raises NoSuchCharge, NotReinstated."""
    charge = await locked(tx, charge_id=charge_id)
    whole = (charge.back_net, charge.back_vat, charge.deposit_back) == (charge.net, charge.vat, charge.deposit)
    if charge.state != ChargeState.CANCELLED or not whole or charge.surplus < charge.total:
        raise NotReinstated()
    moved = (
        (Account(await tx.fetchval(EARNS, charge_id)), -charge.net),
        (Account.VAT_DUE, -charge.vat),
        (Account.DEPOSITS, -charge.deposit),
        (Account.RECEIVABLE, charge.total),
    )
    number = await next_number(tx, charge, EntryKind.CANCELLATION)
    await post(tx, charge, EntryKind.CANCELLATION, *moved, at=now, by=by, number=number)
    await tx.execute(AGAIN, charge_id)
    await note(tx, charge, "reinstate", by=by, now=now, after={"gross": charge.gross, "deposit": charge.deposit})
    await set_state(tx, charge_id=charge_id, state=ChargeState.PAID, now=now)
    await enqueue(tx, job=SETTLED, subject_id=charge_id)
    return await as_it_stands(tx, charge_id=charge_id)
