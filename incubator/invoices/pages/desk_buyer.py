"""The desk: whom an invoice names, corrected; or another invoice for who it should have been for."""

from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.invoices.correct_buyer import correct_buyer, invoice_another
from incubator.invoices.countries import choices
from incubator.invoices.details import form_of
from incubator.invoices.pages.buyer import buyer_typed
from incubator.invoices.pages.labels import labels_in
from incubator.invoices.queries import invoice_in_full_at_desk, named_now
from incubator.invoices.views import InvoiceInFull, InvoiceView
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, Deed
from incubator.people.guards import coordinator
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit


async def _one(tx: Tx, visit: Visit) -> InvoiceInFull:
    return await invoice_in_full_at_desk(tx, actor=visit.actor, invoice_id=visit.key("invoice_id"))


async def _shown(tx: Tx, visit: Visit, found: InvoiceInFull) -> Shown:
    kept = form_of(await named_now(tx, invoice_id=found.invoice.id))
    names = choices(visit.locale)
    return Shown("invoices/desk_buyer.html", found=found, document=found.document, kept=kept, countries=names)


async def _rename(asked: Asked) -> InvoiceView:
    typed = asked.typed
    verb = invoice_another if typed.one("how") == "another" else correct_buyer
    buyer, reason = buyer_typed(typed), typed.one("reason")
    return await asked.do(verb, invoice_id=asked.place.invoice.id, buyer=buyer, reason=reason)


BUYER = Screen(
    name="buyer_at_desk",
    path="/desk/invoices/{invoice_id:uuid}/buyer",
    guard=coordinator,
    about=_one,
    shows=_shown,
    deeds={
        "rename": Deed(
            _rename,
            N_("It is issued, and the buyer is written to."),
            lambda made: f"/desk/invoices/{made.id}",
        )
    },
    labels=labels_in,
)
handlers: list[ControllerRouterHandler] = [*BUYER.handlers]
