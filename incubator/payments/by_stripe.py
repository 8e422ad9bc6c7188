"""What Stripe tells, as payments and refunds of charges: see stripe/tells.py. In the transaction that wrote it down."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.period import WARSAW
from incubator.ledger.states import Account, EntryKind
from incubator.payments.finish_refund import finish_refund, refund_came_back
from incubator.payments.hand_over import HandOver
from incubator.payments.locked import locked
from incubator.payments.posting import post
from incubator.payments.settle_charge import settle_charge
from incubator.payments.states import Method
from incubator.payments.stripe.tells import FeeKnown, Listeners, Paid, Refunded, RefundFailed

PAYMENT = "SELECT id FROM payment WHERE charge_id = $1 AND reference = $2"


async def take_in(tx: Tx, *, told: Paid, now: datetime) -> None:
    """What comes for a charge that was called off or paid otherwise meanwhile is counted too, and shown as too
    much."""
    await settle_charge(
        tx,
        charge_id=told.charge_id,
        method=Method(told.method),
        amount=told.amount,
        received_on=told.at.astimezone(WARSAW).date(),
        reference=str(told.checkout_id),
        now=now,
        fee=told.fee or 0,
    )


async def take_fee(tx: Tx, *, told: FeeKnown, now: datetime) -> None:
    charge = await locked(tx, charge_id=told.charge_id)
    payment_id: UUID = await tx.fetchval(PAYMENT, told.charge_id, str(told.checkout_id))
    kept = (Account.FEES, told.fee), (Account.STRIPE, -told.fee)
    await post(tx, charge, EntryKind.FEE, *kept, at=now, by=None, subject=("payment", payment_id))


async def gone_back(tx: Tx, *, told: Refunded, now: datetime) -> None:
    day = told.at.astimezone(WARSAW).date()
    await finish_refund(tx, refund_id=told.refund_id, done_on=day, reference=str(told.checkout_id), by=None, now=now)


async def come_back(tx: Tx, *, told: RefundFailed, now: datetime) -> None:
    """The card is closed, say: the desk gives it back by transfer."""
    await refund_came_back(tx, refund_id=told.refund_id, now=now)


LISTENERS = Listeners(paid=(take_in,), fee=(take_fee,), refunded=(gone_back,), refund_failed=(come_back,))
"""A checkout that ends unpaid leaves the charge as it was: open, to be paid otherwise."""


def listeners_for(hand_over: HandOver) -> Listeners:
    """These, and those of the things that charges are for."""
    return replace(LISTENERS, begins=(hand_over.on_begins,), ended=(hand_over.on_ended,))
