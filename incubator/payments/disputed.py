"""Money of a charge that the payer's bank disputes, in the books and by mail. The charge stays paid: what the bank takes
for good is the gmina's loss, which it may claim from the payer outside of this house."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.ledger.states import Account, EntryKind
from incubator.payments.locked import as_it_stands
from incubator.payments.posting import post
from incubator.payments.stripe.states import DisputeState
from incubator.payments.stripe.tells import Disputed, DisputeMoved
from incubator.payments.tell import note
from incubator.payments.tell_desk import write_to_desk
from incubator.payments.views import ChargeView

GONE = "SELECT coalesce(-sum(amount), 0)::bigint FROM stripe_dispute_move WHERE dispute_id = $1"
LOST = """
SELECT coalesce(sum(amount) FILTER (WHERE account = 'write_offs'), 0)::bigint AS lost, count(DISTINCT entry.id) + 1 AS next
FROM entry LEFT JOIN posting ON entry_id = entry.id
WHERE subject_kind = 'stripe_dispute' AND subject_id = $1 AND kind = 'dispute'
"""


async def move_disputed(tx: Tx, *, told: DisputeMoved, now: datetime) -> None:
    """Stripe took it, or gave it back, and took its fee: the account at Stripe says the same as Stripe."""
    charge = await as_it_stands(tx, charge_id=told.charge_id)
    moved = (
        (Account.STRIPE, told.amount - told.fee),
        (Account.FEES, told.fee),
        (Account.DISPUTED, -told.amount),
    )
    await post(tx, charge, EntryKind.DISPUTE, *moved, at=now, by=None, subject=("stripe_dispute_move", told.move_id))
    await _count_loss(tx, charge, told.dispute_id, told.state, now)


async def tell_disputed(tx: Tx, *, told: Disputed, now: datetime) -> None:
    """Opened, won, lost: in the history, in the books, and to the coordinators of the gmina."""
    charge = await as_it_stands(tx, charge_id=told.charge_id)
    await _count_loss(tx, charge, told.dispute_id, told.state, now)
    await note(tx, charge, f"dispute_{told.state}", by=None, now=now, after={"amount": told.amount})
    await write_to_desk(tx, "dispute", gmina_id=charge.gmina_id, now=now, charge=charge, dispute=told)


async def _count_loss(tx: Tx, charge: ChargeView, dispute_id: UUID, state: DisputeState, now: datetime) -> None:
    """What the bank took is a loss once the dispute is lost, and none when it is won after all."""
    gone: int = await tx.fetchval(GONE, dispute_id)
    row = await tx.fetchrow(LOST, dispute_id)
    assert row is not None
    more = (gone if state is DisputeState.LOST else 0) - row["lost"]
    lost = (Account.WRITE_OFFS, more), (Account.DISPUTED, -more)
    subject = ("stripe_dispute", dispute_id)
    await post(tx, charge, EntryKind.DISPUTE, *lost, at=now, by=None, subject=subject, number=row["next"])
