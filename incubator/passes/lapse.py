"""A pass that is not paid in time, or is called off before: nothing is owed any more, and the aid is taken back."""

from datetime import datetime, timedelta
from uuid import UUID

from incubator.aid.take_back import take_back
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.passes.queries import at_desk, is_holder, pass_for
from incubator.passes.settle_pass import locked_pass, settle_pass
from incubator.passes.states import PassState
from incubator.passes.tell import tell
from incubator.passes.views import PassView
from incubator.payments.cancel_charge import ALL_BACK, cancel_charge
from incubator.payments.locked import locked_to_settle
from incubator.payments.states import ChargeState
from incubator.payments.views import ChargeView
from incubator.people.actor import Actor
from incubator.people.guards import NotYours

UNPAID = frozenset({ChargeState.OPEN, ChargeState.WRITTEN_OFF})


class PassPaid(Conflict):
    """A pass that is paid, or was settled otherwise, is not called off."""

    code = "pass_not_waiting"
    sentence = N_("This pass does not wait to be paid any more, so there is nothing to call off.")


async def lapse(tx: Tx, *, charge: ChargeView, now: datetime) -> None:
    """What follows when the charge is not paid in time. A pass that is good already, as where a payment was withdrawn
    afterwards, stays so: the charge stays open, and the desk decides."""
    bought = await locked_pass(tx, pass_id=charge.subject_id)
    if bought.state == PassState.ORDERED:
        settled = await _end(tx, bought, to=PassState.LAPSED, verb="lapse_pass", by=None, now=now)
        await tell(tx, settled, "lapsed", now=now)


async def call_off_pass(tx: Tx, *, actor: Actor, pass_id: UUID, now: datetime) -> PassView:
    """By its holder or the desk, before it is paid. What came of the price goes back. Raises NoSuchPassBought, NotYours,
    PassPaid."""
    bought = await pass_for(tx, actor=actor, pass_id=pass_id)
    if not is_holder(actor, bought) and not at_desk(actor, bought):
        raise NotYours()
    return await withdraw(tx, bought, by=actor.account_id, now=now)


async def withdraw(tx: Tx, bought: PassView, *, by: UUID | None, now: datetime) -> PassView:
    """For who has asked already. Raises PassPaid."""
    if bought.charge_id is None:
        raise PassPaid()
    charge = await locked_to_settle(tx, charge_id=bought.charge_id, now=now)
    bought = await locked_pass(tx, pass_id=bought.id)
    if bought.state != PassState.ORDERED or charge.state not in UNPAID:
        raise PassPaid()
    return await _end(tx, bought, to=PassState.CALLED_OFF, verb="call_off_pass", by=by, now=now)


async def _end(tx: Tx, bought: PassView, *, to: PassState, verb: str, by: UUID | None, now: datetime) -> PassView:
    assert bought.charge_id is not None, "what is ordered is owed"
    left = timedelta(0)
    await cancel_charge(tx, charge_id=bought.charge_id, steps=ALL_BACK, left=left, reason=to.value, by=by, now=now)
    await take_back(tx, subject_kind="pass", subject_id=bought.id, actor_id=by, now=now)
    return await settle_pass(tx, bought, to=to, verb=verb, by=by, now=now)
