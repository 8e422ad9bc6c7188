"""Issue an invoice that a person asks for after they paid."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime

from incubator.db.engine import Tx
from incubator.invoices.document import Buyer
from incubator.invoices.issue_invoice import issue_by_day
from incubator.invoices.queries import NoSuchInvoice
from incubator.invoices.sale import Sale
from incubator.invoices.views import InvoiceView
from incubator.kernel.errors import N_, Gone
from incubator.kernel.period import WARSAW
from incubator.people.actor import Actor

MONTHS = 3
"""Within which an invoice may be asked for (art. 106b ust. 3)."""


@dataclass(eq=False)
class TooLateToAsk(Gone):
    code = "too_late_for_an_invoice"
    sentence = N_(
        "An invoice can be asked for within three months from the end of the month; here that was until {until}."
    )
    until: date


def last_day_to_ask(sale: Sale) -> date:
    """Three months from the end of the month in which it was done or paid for, whichever was later."""
    last = max(sale.supplied_on, sale.payment.paid_on or sale.supplied_on)
    years, month = divmod(last.month - 1 + MONTHS, 12)
    year, month = last.year + years, month + 1
    return date(year, month, calendar.monthrange(year, month)[1])


async def invoice_on_request(
    tx: Tx, *, actor: Actor, sale: Sale, buyer: Buyer | None = None, now: datetime
) -> InvoiceView:
    """For who bought it, or a member of the organisation that did. Raises NoSuchInvoice, TooLateToAsk, and what
    `issue_by_day` raises."""
    its = sale.organisation_id in actor.organisations if sale.organisation_id else sale.account_id == actor.account_id
    if not its:
        raise NoSuchInvoice()
    until = last_day_to_ask(sale)
    if now.astimezone(WARSAW).date() > until:
        raise TooLateToAsk(until)
    return await issue_by_day(tx, sale=sale, buyer=buyer, by=actor.account_id, now=now)
