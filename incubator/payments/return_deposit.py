"""Settle a deposit: it goes back, but for what stays with the gmina for a reason."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.ledger.states import Account, EntryKind
from incubator.payments.locked import as_it_stands, locked_at_desk
from incubator.payments.plan_refund import plan_refund
from incubator.payments.posting import post
from incubator.payments.states import ChargeState, Why
from incubator.payments.tell import note, write_to_payer
from incubator.payments.views import ChargeView
from incubator.people.actor import Actor

SETTLE = """
UPDATE charge SET deposit_back = deposit_back + $2, deposit_kept = $3, deposit_reason = $4, deposit_settled_at = $5,
    version = version + 1
WHERE id = $1
"""


class NoDepositHeld(Conflict):
    """There is none, it has not come, or it was settled before."""

    code = "no_deposit_held"
    sentence = N_("No deposit is held here: there was none, it was not paid, or it was settled already.")


class KeptTooMuch(Invalid):
    """More of it cannot stay than there is; what stays needs a reason."""

    code = "deposit_kept_wrong"
    sentence = N_("Keep at most the whole deposit, and say why where you keep some of it.")


async def return_deposit(
    tx: Tx, *, actor: Actor, charge_id: UUID, keep: int, reason: str, seen: int | None, now: datetime
) -> ChargeView:
    """Give the deposit back but for `keep` grosz, which need a `reason` (told to who paid); for the desk.
    What stays makes damage good and is the price of nothing, so it is outside the scope of VAT: the ledger posts it
    without tax, and an accounting note tells of it, no invoice (invoices/notes_due.py).
    Raises NoSuchCharge, ChangedMeanwhile, NoDepositHeld, KeptTooMuch."""
    charge = await locked_at_desk(tx, actor=actor, charge_id=charge_id, seen=seen)
    if charge.state != ChargeState.PAID or charge.deposit_settled_at is not None or not charge.deposit_held:
        raise NoDepositHeld()
    if not 0 <= keep <= charge.deposit_held or bool(keep) != bool(reason.strip()):
        raise KeptTooMuch()
    back = charge.deposit_held - keep
    returned = (Account.DEPOSITS, back), (Account.RECEIVABLE, -back)
    await post(tx, charge, EntryKind.DEPOSIT_RETURNED, *returned, at=now, by=actor.account_id)
    kept = (Account.DEPOSITS, keep), (Account.REVENUE, -keep)
    await post(tx, charge, EntryKind.DEPOSIT_KEPT, *kept, at=now, by=actor.account_id)
    await tx.execute(SETTLE, charge_id, back, keep, reason.strip(), now)
    after = {"back": back, "kept": keep}
    await note(tx, charge, "settle_deposit", by=actor.account_id, now=now, after=after)
    return await _after(tx, charge_id, back, actor.account_id, now)


async def _after(tx: Tx, charge_id: UUID, back: int, by: UUID, now: datetime) -> ChargeView:
    charge = await as_it_stands(tx, charge_id=charge_id)
    if back:
        charge = await plan_refund(tx, charge, amount=back, why=Why.DEPOSIT, by=by, now=now)
    await write_to_payer(tx, charge, "deposit", now=now, amount=back)
    return charge
