"""Correct whom an invoice names: a wrong name or address by a correction that changes no amount, somebody else's number
by an invoice to nothing and a new one (ustawa o VAT, art. 106j; KSeF takes no correction of the number)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.invoices.details import BuyerForm, NipMissing, buyer_from
from incubator.invoices.issue_invoice import TO_COME
from incubator.invoices.issuing import issued
from incubator.invoices.queries import invoice_at_desk
from incubator.invoices.standing import Standing, sold_as, standing
from incubator.invoices.sums import left_after
from incubator.invoices.views import InvoiceView
from incubator.kernel.errors import N_, Conflict
from incubator.kernel.period import WARSAW
from incubator.people.actor import Actor


class NothingLeftToName(Conflict):
    """The invoice was corrected to nothing."""

    code = "nothing_left_to_name"
    sentence = N_("This invoice was corrected to nothing, so whom it names is of no account any more.")


class NamedSo(Conflict):
    """It names just that."""

    code = "named_so"
    sentence = N_("The invoice names exactly this already, so there is nothing to correct.")


class AnotherBuyer(Conflict):
    """Another number is another buyer."""

    code = "another_buyer"
    sentence = N_(
        "The tax number of a buyer cannot be corrected: choose that the invoice is for somebody else. It is then corrected to nothing, and a new one is issued."
    )


async def correct_buyer(
    tx: Tx, *, actor: Actor, invoice_id: UUID, buyer: BuyerForm, reason: str, now: datetime
) -> InvoiceView:
    """The name, the address, the recipient; by the desk. Raises NoSuchInvoice, NotYours, NothingLeftToName, NamedSo,
    AnotherBuyer, NotForAnInvoice, and what `buyer_from` raises."""
    right = buyer_from(buyer)
    of = await _to_name_anew(tx, actor=actor, invoice_id=invoice_id)
    named = of.latest.buyer
    if right == named:
        raise NamedSo()
    if (right.nip, right.eu_vat, right.foreign_id) != (named.nip, named.eu_vat, named.foreign_id):
        raise AnotherBuyer()
    draft = of.corrected(reason=reason, now=now, buyer=right)
    sale = await sold_as(tx, first=of.first, draft=draft)
    by = actor.account_id
    return await issued(tx, draft=draft, sale=sale, corrects=of.first, turn=of.turn + 1, by=by, now=now)


async def invoice_another(
    tx: Tx, *, actor: Actor, invoice_id: UUID, buyer: BuyerForm, reason: str, now: datetime
) -> InvoiceView:
    """Correct the invoice to nothing, and issue one for somebody else in its stead, which is given back; by the desk.
    It is for the same who bought, and of what still stands. Raises NoSuchInvoice, NotYours, NothingLeftToName, NamedSo,
    NipMissing, NotForAnInvoice, and what `buyer_from` raises."""
    right = buyer_from(buyer)
    of = await _to_name_anew(tx, actor=actor, invoice_id=invoice_id)
    if right == of.latest.buyer:
        raise NamedSo()
    nothing = of.corrected(reason=reason, now=now, lines=left_after(of.latest.lines, refund=of.left))
    sale = await sold_as(tx, first=of.first, draft=nothing)
    if sale.organisation_id is not None and not right.nip and not right.abroad:
        raise NipMissing()
    by = actor.account_id
    await issued(tx, draft=nothing, sale=sale, corrects=of.first, turn=of.turn + 1, by=by, now=now)
    instead = replace(
        of.original,
        number=TO_COME,
        issued_on=now.astimezone(WARSAW).date(),
        made_at=now.replace(microsecond=0),
        buyer=right,
        lines=tuple(line for line in of.latest.lines if line.amount.gross),
    )
    return await issued(tx, draft=instead, sale=sale, instead_of=of.first, by=by, now=now)


async def _to_name_anew(tx: Tx, *, actor: Actor, invoice_id: UUID) -> Standing:
    found = await invoice_at_desk(tx, actor=actor, invoice_id=invoice_id)
    of = await standing(tx, first=found.corrects or found.id)
    if not of.left:
        raise NothingLeftToName()
    return of
