"""Give a pass back: by who bought it in the first days, by the desk what is left at any time."""

from datetime import datetime, timedelta
from uuid import UUID

from incubator.aid.take_back_share import take_back_share
from incubator.credits.cut_credit import cut_credit
from incubator.db.engine import Tx
from incubator.invoices.correct_invoice import correct_after_refund
from incubator.kernel.errors import N_, Conflict
from incubator.kernel.money import Amount
from incubator.passes.draw_down import draw_down
from incubator.passes.queries import at_desk, is_holder, pass_for
from incubator.passes.rules import left_of, may_give_back
from incubator.passes.settle_pass import locked_pass, settle_pass
from incubator.passes.states import PassState
from incubator.passes.tell import tell
from incubator.passes.views import PassView
from incubator.payments.cancel_charge import cancel_charge, give_back_more
from incubator.payments.locked import locked_to_settle
from incubator.people.actor import Actor
from incubator.people.guards import NotYours

ENDED = "UPDATE pass_bought SET ended_at = $2 WHERE id = $1"
GIVEN_BACK = "Zwrot karnetu"
"""Why an invoice is corrected, as the correction says it."""


class PassBegun(Conflict):
    """More than 14 days have gone since it was paid, or an organisation has drawn something from it."""

    code = "pass_begun"
    sentence = N_(
        "You can give a pass back within 14 days of paying it: a private person what is left of it, an organisation while"
        " nothing was drawn. Please ask the coordinator."
    )


class NothingLeftOfPass(Conflict):
    """It is not paid yet, over, drawn to the end, or was given back before."""

    code = "nothing_left_of_pass"
    sentence = N_("Nothing of this pass is left to give back.")


async def give_back_pass(tx: Tx, *, actor: Actor, pass_id: UUID, now: datetime) -> PassView:
    """What is not drawn goes back, net and tax to the grosz, with its invoice, and in the same share the aid that it was.
    What was booked on it stands. Raises NoSuchPassBought, NotYours, PassBegun, NothingLeftOfPass."""
    bought = await pass_for(tx, actor=actor, pass_id=pass_id)
    desk = at_desk(actor, bought)
    if not desk and not is_holder(actor, bought):
        raise NotYours()
    if bought.charge_id is not None:
        await locked_to_settle(tx, charge_id=bought.charge_id, now=now)
    bought = await locked_pass(tx, pass_id=pass_id)
    _must_be_left(bought, now)
    if not desk and not holder_may_give_back(bought, now=now):
        raise PassBegun()
    given = await give_back_left(tx, bought, by=actor.account_id, now=now)
    await tell(tx, given, "given_back", now=now, amount=given.back)
    return given


def holder_may_give_back(bought: PassView, *, now: datetime) -> bool:
    """Whether who bought it may still do it without the desk."""
    a_person = bought.organisation_id is None
    return bought.live_at is not None and may_give_back(
        live_at=bought.live_at, drawn=bought.drawn, a_person=a_person, now=now
    )


async def give_back_left(tx: Tx, bought: PassView, *, by: UUID | None, now: datetime) -> PassView:
    """For who has the charge, the pass and its credit locked, and has asked what is left; again, where something was
    returned to what was given back."""
    assert bought.credit_id is not None, "something of it is left"
    await cut_credit(tx, credit_id=bought.credit_id)
    if bought.charge_id is not None:
        await _refund(tx, bought, bought.charge_id, by, now)
    whole = bought.drawn + bought.left
    await take_back_share(
        tx, subject_kind="pass", subject_id=bought.id, kept=bought.drawn, whole=whole, actor_id=by, now=now
    )
    if not bought.drawn:  # nothing can be returned to it
        await tx.execute(ENDED, bought.id, now)
    given = await settle_pass(tx, bought, to=PassState.GIVEN_BACK, verb="give_back_pass", by=by, now=now)
    await draw_down(tx, credit_ids=[bought.credit_id], by=by, now=now)
    return given


async def _refund(tx: Tx, bought: PassView, charge_id: UUID, by: UUID | None, now: datetime) -> None:
    """The share of the whole price, without what went back before."""
    before = await locked_to_settle(tx, charge_id=charge_id, now=now)
    share = left_of(Amount(bought.net, bought.vat), drawn=bought.drawn, of=bought.amount)
    share = Amount(share.net - before.back_net, share.vat - before.back_vat)
    reason, left = PassState.GIVEN_BACK.value, timedelta(0)
    if before.reason:
        await give_back_more(tx, charge_id=charge_id, share=share, by=by, now=now)
    else:
        await cancel_charge(tx, charge_id=charge_id, steps=(), left=left, share=share, reason=reason, by=by, now=now)
    if share.gross:
        await correct_after_refund(tx, charge_id=charge_id, refund=share.gross, reason=GIVEN_BACK, by=by, now=now)


def _must_be_left(bought: PassView, now: datetime) -> None:
    over = bought.valid_until is None or bought.valid_until <= now
    if bought.state != PassState.ACTIVE or not bought.left or over:
        raise NothingLeftOfPass()
