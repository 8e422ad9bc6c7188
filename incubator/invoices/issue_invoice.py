"""Issue an invoice for what was sold, or for an advance that pays for all of it."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.invoices.details import NipMissing
from incubator.invoices.document import Buyer, Document, InvoiceKind
from incubator.invoices.issuing import issued
from incubator.invoices.parties import buyer_before_payment, seller_on, unit_that_issues
from incubator.invoices.sale import Sale
from incubator.invoices.views import InvoiceView
from incubator.invoices.whole import HowPaid
from incubator.kernel.period import WARSAW

TO_COME = "–"
"""Where the number will be."""


async def issue_invoice(
    tx: Tx, *, sale: Sale, buyer: Buyer | None = None, by: UUID | None = None, now: datetime
) -> InvoiceView:
    """For `buyer`, or whom the party's invoices name. Raises SellerMissing, BuyerMissing, NipMissing, InvoicedAlready,
    and what `whole` raises."""
    draft = await _draft(tx, sale=sale, buyer=buyer, kind=InvoiceKind.INVOICE, now=now)
    return await issued(tx, draft=draft, sale=sale, by=by, now=now)


async def issue_advance(
    tx: Tx, *, sale: Sale, buyer: Buyer | None = None, by: UUID | None = None, now: datetime
) -> InvoiceView:
    """For money that came before what it is for, and pays for all of it (art. 106b ust. 1 pkt 4), so that no other
    invoice follows. Raises HowPaid where it is not paid, and what `issue_invoice` raises."""
    if sale.payment.paid_on is None:
        raise HowPaid()
    draft = await _draft(tx, sale=sale, buyer=buyer, kind=InvoiceKind.ADVANCE, now=now)
    draft = replace(draft, supplied_on=sale.payment.paid_on)
    return await issued(tx, draft=draft, sale=sale, by=by, now=now)


async def issue_by_day(
    tx: Tx, *, sale: Sale, buyer: Buyer | None = None, by: UUID | None = None, now: datetime
) -> InvoiceView:
    """What is still to come is paid in advance (art. 106b ust. 1 pkt 4). Raises what `issue_invoice` raises."""
    verb = issue_advance if sale.supplied_on > now.astimezone(WARSAW).date() else issue_invoice
    return await verb(tx, sale=sale, buyer=buyer, by=by, now=now)


async def _draft(tx: Tx, *, sale: Sale, buyer: Buyer | None, kind: InvoiceKind, now: datetime) -> Document:
    today = now.astimezone(WARSAW).date()
    if buyer is None:
        buyer = await buyer_before_payment(tx, account_id=sale.account_id, organisation_id=sale.organisation_id)
    if sale.organisation_id is not None and not buyer.nip and not buyer.abroad:
        raise NipMissing()
    return Document(
        kind=kind,
        number=TO_COME,
        issued_on=today,
        supplied_on=sale.supplied_on,
        made_at=now.replace(microsecond=0),
        seller=await seller_on(tx, gmina_id=sale.gmina_id, day=today),
        unit=await unit_that_issues(tx, incubator_id=sale.incubator_id),
        buyer=buyer,
        lines=sale.lines,
        payment=sale.payment,
    )
