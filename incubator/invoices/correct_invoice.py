"""Correct an invoice after money was given back: all of it or a part, and again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.invoices.issuing import issued
from incubator.invoices.outside import part_outside
from incubator.invoices.queries import invoice_at_desk
from incubator.invoices.standing import Standing, sold_as, standing, standing_of_charge
from incubator.invoices.sums import left_after
from incubator.invoices.views import InvoiceView
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.people.actor import Actor


@dataclass(eq=False)
class MoreThanIsLeft(Conflict):
    """More is given back than the invoice stands at after its corrections, in grosz."""

    code = "more_than_is_left"
    sentence = N_("No more can be given back than the invoice stands at after its corrections.")
    left: int


class NothingGivenBack(Invalid):
    code = "nothing_given_back"
    sentence = N_("Say how much was given back: more than nothing.")


async def correct_invoice(
    tx: Tx, *, actor: Actor, invoice_id: UUID, refund: int, reason: str, now: datetime
) -> InvoiceView:
    """A correction by the desk; `refund` is grosz, tax included. Raises NoSuchInvoice, NotYours, NothingGivenBack,
    MoreThanIsLeft, NotForAnInvoice."""
    found = await invoice_at_desk(tx, actor=actor, invoice_id=invoice_id)
    of = await standing(tx, first=found.corrects or found.id)
    return await _corrected(tx, of=of, refund=refund, reason=reason, by=actor.account_id, now=now)


async def correct_after_refund(
    tx: Tx, *, charge_id: UUID, refund: int, reason: str, by: UUID | None = None, now: datetime
) -> InvoiceView | None:
    """The correction of the invoice of what was owed, where there is one and the desk did not correct all of it before:
    money that goes back is never kept by its paper. What of it was outside the scope of the tax is told in a note
    (notes_due.py). Raises NothingGivenBack, NotForAnInvoice."""
    of = await standing_of_charge(tx, charge_id=charge_id)
    if of is None or not of.left:
        return None
    taxed = refund - await part_outside(tx, charge_id=charge_id, of=refund)
    if not taxed and refund:
        return None
    return await _corrected(tx, of=of, refund=min(taxed, of.left), reason=reason, by=by, now=now)


async def _corrected(tx: Tx, *, of: Standing, refund: int, reason: str, by: UUID | None, now: datetime) -> InvoiceView:
    if refund <= 0:
        raise NothingGivenBack()
    if refund > of.left:
        raise MoreThanIsLeft(of.left)
    draft = of.corrected(reason=reason, now=now, lines=left_after(of.latest.lines, refund=refund))
    sale = await sold_as(tx, first=of.first, draft=draft)
    return await issued(tx, draft=draft, sale=sale, corrects=of.first, turn=of.turn + 1, by=by, now=now)
