"""Correct an invoice after money was given back: all of it or a part, and again."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.invoices.document import Corrected, Document, InvoiceKind, SoldLine
from incubator.invoices.issue_invoice import TO_COME
from incubator.invoices.issuing import issued
from incubator.invoices.queries import NoSuchInvoice, invoice_at_desk, invoice_by_id
from incubator.invoices.sale import Sale
from incubator.invoices.sums import left_after, worth
from incubator.invoices.views import InvoiceView
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.kernel.period import WARSAW
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


# Corrections of one invoice queue here; each begins where the one before left off.
LOCK = "SELECT document::text FROM invoice WHERE id = $1 AND corrects IS NULL FOR NO KEY UPDATE"
LATEST = "SELECT document::text AS document, turn FROM invoice WHERE corrects = $1 ORDER BY turn DESC LIMIT 1"
LEFT = "SELECT sum(gross)::bigint FROM invoice WHERE $1 IN (id, corrects)"
OF_CHARGE = "SELECT id FROM invoice WHERE charge_id = $1 AND corrects IS NULL"


async def correct_invoice(
    tx: Tx, *, actor: Actor, invoice_id: UUID, refund: int, reason: str, now: datetime
) -> InvoiceView:
    """A correction by the desk; `refund` is grosz, tax included. Raises NoSuchInvoice, NotYours, NothingGivenBack,
    MoreThanIsLeft, NotForAnInvoice."""
    found = await invoice_at_desk(tx, actor=actor, invoice_id=invoice_id)
    first = found.corrects or found.id
    return await _corrected(tx, first=first, refund=refund, reason=reason, by=actor.account_id, now=now)


async def correct_after_refund(
    tx: Tx, *, charge_id: UUID, refund: int, reason: str, by: UUID | None = None, now: datetime
) -> InvoiceView | None:
    """The correction of the invoice of what was owed, where there is one and the desk did not correct all of it before:
    money that goes back is never kept by its paper. Raises NothingGivenBack, NotForAnInvoice."""
    first: UUID | None = await tx.fetchval(OF_CHARGE, charge_id)
    if first is None:
        return None
    await tx.fetchval(LOCK, first)
    left: int = await tx.fetchval(LEFT, first)
    if not left:
        return None
    return await _corrected(tx, first=first, refund=min(refund, left), reason=reason, by=by, now=now)


async def _corrected(tx: Tx, *, first: UUID, refund: int, reason: str, by: UUID | None, now: datetime) -> InvoiceView:
    told: str | None = await tx.fetchval(LOCK, first)
    if told is None:
        raise NoSuchInvoice()
    original = msgspec.json.decode(told, type=Document)
    before, turn = await _stands(tx, first, original)
    left = worth(before).gross
    if refund <= 0:
        raise NothingGivenBack()
    if refund > left:
        raise MoreThanIsLeft(left)
    draft = replace(
        original,
        kind=InvoiceKind.CORRECTION,
        number=TO_COME,
        issued_on=now.astimezone(WARSAW).date(),
        made_at=now.replace(microsecond=0),
        lines=left_after(before, refund=refund),
        corrected=Corrected(
            kind=original.kind,
            number=original.number,
            issued_on=original.issued_on,
            reason=reason,
            before=before,
        ),
    )
    sale = _sale(await invoice_by_id(tx, invoice_id=first), draft)
    return await issued(tx, draft=draft, sale=sale, corrects=first, turn=turn + 1, by=by, now=now)


async def _stands(tx: Tx, first: UUID, original: Document) -> tuple[tuple[SoldLine, ...], int]:
    """The lines after the corrections so far, and how many there were."""
    row = await tx.fetchrow(LATEST, first)
    if row is None:
        return original.lines, 0
    return msgspec.json.decode(row["document"], type=Document).lines, row["turn"]


def _sale(of: InvoiceView, draft: Document) -> Sale:
    return Sale(
        gmina_id=of.gmina_id,
        incubator_id=of.incubator_id,
        subject_kind=of.subject_kind,
        subject_id=of.subject_id,
        charge_id=of.charge_id,
        account_id=of.account_id,
        organisation_id=of.organisation_id,
        lines=draft.lines,
        payment=draft.payment,
        supplied_on=draft.supplied_on,
    )
