"""Give up what will not come."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.ledger.states import Account, EntryKind
from incubator.payments.locked import locked_at_desk, set_state
from incubator.payments.posting import next_number, post
from incubator.payments.states import ChargeState
from incubator.payments.tell import note
from incubator.payments.views import ChargeView
from incubator.people.actor import Actor

GIVE_UP = """
UPDATE charge SET written_off = written_off + $2, deposit_back = deposit_back + $3,
    deposit_settled_at = CASE WHEN $3 > 0 AND deposit_back + $3 + deposit_kept = deposit THEN $4 ELSE deposit_settled_at END
WHERE id = $1
"""


class NothingOutstanding(Conflict):
    """All of it came, or it was cancelled or written off before."""

    code = "nothing_outstanding"
    sentence = N_("Nothing is owed here any more.")


async def write_off(tx: Tx, *, actor: Actor, charge_id: UUID, seen: int | None, now: datetime) -> ChargeView:
    """Write off what has not come; for the desk. A deposit that did not come is not asked for any more, and is no
    loss. Who pays after all, pays: see settle_charge. Raises NoSuchCharge, ChangedMeanwhile, NothingOutstanding."""
    charge = await locked_at_desk(tx, actor=actor, charge_id=charge_id, seen=seen)
    if charge.state != ChargeState.OPEN or charge.outstanding <= 0:
        raise NothingOutstanding()
    deposit = min(charge.deposit_held, charge.outstanding)
    lost = charge.outstanding - deposit
    moved = (
        (Account.WRITE_OFFS, lost),
        (Account.DEPOSITS, deposit),
        (Account.RECEIVABLE, -lost - deposit),
    )
    number = await next_number(tx, charge, EntryKind.WRITE_OFF)
    await post(tx, charge, EntryKind.WRITE_OFF, *moved, at=now, by=actor.account_id, number=number)
    await tx.execute(GIVE_UP, charge_id, lost, deposit, now)
    after = {"lost": lost, "deposit": deposit}
    await note(tx, charge, "write_off", by=actor.account_id, now=now, after=after)
    return await set_state(tx, charge_id=charge_id, state=ChargeState.WRITTEN_OFF, now=now)
