"""What Stripe pays out to the gmina's bank: it leaves Stripe at once, and is at the bank when it arrives."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.ledger.post_entry import post_entry
from incubator.ledger.states import Account, EntryKind
from incubator.ledger.views import Posting
from incubator.payments.stripe.states import PayoutState
from incubator.payments.stripe.tells import PaidOut

LEFT, ARRIVED, CAME_BACK = 1, 2, 3
"""Numbers of the entries of a payout."""


async def pay_out(tx: Tx, *, told: PaidOut, now: datetime) -> None:
    """One that was heard of late goes the whole way at once."""
    if told.before is None:
        await _move(tx, told, LEFT, Account.STRIPE, Account.TRANSIT, now)
    if told.state is PayoutState.PAID:
        await _move(tx, told, ARRIVED, Account.TRANSIT, Account.BANK, now)
    if told.state is PayoutState.FAILED:
        back_from = Account.BANK if told.before is PayoutState.PAID else Account.TRANSIT
        await _move(tx, told, CAME_BACK, back_from, Account.STRIPE, now)


async def _move(tx: Tx, told: PaidOut, number: int, here: Account, there: Account, now: datetime) -> None:
    await post_entry(
        tx,
        gmina_id=told.gmina_id,
        kind=EntryKind.PAYOUT,
        subject_kind="stripe_payout",
        subject_id=told.payout_id,
        postings=(Posting(account=there, amount=told.amount), Posting(account=here, amount=-told.amount)),
        at=now,
        by=None,
        number=number,
    )
