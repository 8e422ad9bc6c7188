"""Cancel what is owed for something that will not take place, by the steps that count for it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.money import Amount
from incubator.ledger.states import Account, EntryKind
from incubator.payments.locked import as_it_stands, locked_to_settle, set_state
from incubator.payments.plan_refund import plan_refund
from incubator.payments.posting import next_number, post
from incubator.payments.rules import Step, percent_back, share_of
from incubator.payments.settle_charge import recover
from incubator.payments.states import ChargeState, Why
from incubator.payments.tell import note
from incubator.payments.views import ChargeView

BACK = """
UPDATE charge SET back_net = back_net + $2, back_vat = back_vat + $3, deposit_back = deposit_back + $4, reason = $5,
    deposit_settled_at = CASE WHEN deposit > 0 THEN coalesce(deposit_settled_at, $6) END, state = 'open'
WHERE id = $1
"""
EARNS = "SELECT earns FROM charge WHERE id = $1"
ALL_BACK = (Step(timedelta.min, 100),)
"""Whenever it is cancelled, all of it goes back: by the house itself, say."""


async def cancel_charge(
    tx: Tx,
    *,
    charge_id: UUID,
    steps: Sequence[Step],
    left: timedelta,
    reason: str,
    by: UUID | None,
    now: datetime,
    share: Amount | None = None,
) -> ChargeView:
    """Give back the share of the price that the steps say with so much time `left` (or `share`), and the whole deposit
    that is held. What was paid beyond the rest goes back; where less was paid, the rest is still owed and the charge
    stays open, also where it was written off. `reason` is a word of the house's, no text of a person's. Cancelled
    before, nothing changes. Raises NoSuchCharge."""
    charge = await locked_to_settle(tx, charge_id=charge_id, now=now)
    if charge.state == ChargeState.CANCELLED or charge.reason:
        return charge
    if charge.written_off:
        await recover(tx, charge, charge.written_off, at=now, by=by)
    back = share_of(Amount(charge.net, charge.vat), percent=percent_back(steps, left=left)) if share is None else share
    await _give_back(tx, charge, back, reason, by, now)
    return await _after(tx, charge_id, by, now)


async def give_back_more(tx: Tx, *, charge_id: UUID, share: Amount, by: UUID | None, now: datetime) -> ChargeView:
    """Of what was cancelled in part: more of its price is given up. Raises NoSuchCharge."""
    charge = await locked_to_settle(tx, charge_id=charge_id, now=now)
    assert charge.reason, "it was cancelled"
    await _give_back(tx, charge, share, charge.reason, by, now)
    return await _after(tx, charge_id, by, now)


async def _give_back(tx: Tx, charge: ChargeView, back: Amount, reason: str, by: UUID | None, now: datetime) -> None:
    """With the deposit that is held."""
    held = charge.deposit_held
    moved = (
        (Account(await tx.fetchval(EARNS, charge.id)), back.net),
        (Account.VAT_DUE, back.vat),
        (Account.DEPOSITS, held),
        (Account.RECEIVABLE, -back.gross - held),
    )
    number = await next_number(tx, charge, EntryKind.CANCELLATION)  # it may have been given back in part, or reinstated
    await post(tx, charge, EntryKind.CANCELLATION, *moved, at=now, by=by, number=number)
    await tx.execute(BACK, charge.id, back.net, back.vat, held, reason, now)
    after = {"back": back.gross, "deposit": held, "reason": reason}
    await note(tx, charge, "cancel", by=by, now=now, after=after)


async def _after(tx: Tx, charge_id: UUID, by: UUID | None, now: datetime) -> ChargeView:
    charge = await as_it_stands(tx, charge_id=charge_id)
    if charge.outstanding > 0:
        return await set_state(tx, charge_id=charge_id, state=ChargeState.OPEN, now=now)
    if charge.surplus:
        await plan_refund(tx, charge, amount=charge.surplus, why=Why.CANCELLED, by=by, now=now)
    return await set_state(tx, charge_id=charge_id, state=ChargeState.CANCELLED, now=now)
