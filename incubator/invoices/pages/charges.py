"""Invoices of charges: issued at the desk where they could not be by themselves, and asked for by who paid."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.invoices.details import NipMissing
from incubator.invoices.invoice_charge import ask_for_invoice, invoice_at_desk
from incubator.invoices.issuing import InvoicedAlready
from incubator.invoices.parties import BuyerMissing, SellerMissing
from incubator.kernel.errors import N_
from incubator.people.guards import coordinator, signed_in
from incubator.people.visit import Visit
from incubator.web.flash import see_other

SAY_FIRST = N_("Please say first whom your invoices name, then ask for the invoice again.")
ASK_THEM = N_("The buyer has not given their name, NIP and address for invoices yet. Ask them to, then issue it.")
UNNAMED = (BuyerMissing, NipMissing)
ISSUED = N_("The invoice is issued.")


@post("/desk/charges/{charge_id:uuid}/invoice", guards=[coordinator], status_code=303)
async def invoice_charge(visit: NamedDependency[Visit], charge_id: FromPath[UUID]) -> Response[Any]:
    """What cannot be issued yet is said where one came from."""
    try:
        made = await visit.do(invoice_at_desk, charge_id=charge_id)
    except (SellerMissing, InvoicedAlready) as refusal:
        return see_other(visit.request, "/desk/invoices", refusal.sentence, tone="bad")
    except UNNAMED:
        return see_other(visit.request, "/desk/invoices", ASK_THEM, tone="bad")
    return see_other(visit.request, f"/desk/invoices/{made.id}", ISSUED)


@post("/payments/{charge_id:uuid}/invoice", guards=[signed_in], status_code=303)
async def ask_invoice(visit: NamedDependency[Visit], charge_id: FromPath[UUID]) -> Response[Any]:
    """Who has not said whom their invoices name is led there, and to their invoices who has it already."""
    try:
        made = await visit.do(ask_for_invoice, charge_id=charge_id)
    except UNNAMED:
        return see_other(visit.request, "/me/invoices", SAY_FIRST, tone="wait")
    except InvoicedAlready as refusal:
        return see_other(visit.request, "/me/invoices", refusal.sentence, tone="note")
    except SellerMissing as refusal:
        return see_other(visit.request, f"/payments/{charge_id}", refusal.sentence, tone="wait")
    return see_other(visit.request, f"/invoices/{made.id}", ISSUED)


handlers: list[ControllerRouterHandler] = [invoice_charge, ask_invoice]
