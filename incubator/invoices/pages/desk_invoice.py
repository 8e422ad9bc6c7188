"""The desk: one invoice, its KSeF number, and a correction of it after money was given back."""

from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.invoices.correct_invoice import correct_invoice
from incubator.invoices.note_ksef_number import note_ksef_number
from incubator.invoices.pages.labels import Written, labels_in
from incubator.invoices.queries import invoice_in_full_at_desk
from incubator.invoices.sums import sums_of, total_of
from incubator.invoices.views import InvoiceInFull, InvoiceView
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, Deed
from incubator.people.guards import coordinator
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit


async def _one(tx: Tx, visit: Visit) -> InvoiceInFull:
    return await invoice_in_full_at_desk(tx, actor=visit.actor, invoice_id=visit.key("invoice_id"))


async def _shown(tx: Tx, visit: Visit, found: InvoiceInFull) -> Shown:
    slug = await tx.fetchval("SELECT slug FROM gmina WHERE id = $1", found.invoice.gmina_id)
    return Shown(
        "invoices/desk_invoice.html",
        found=found,
        document=found.document,
        sums=sums_of(found.document),
        total=total_of(found.document),
        gmina_slug=slug,
        written=Written(visit.locale),
    )


async def _note(asked: Asked) -> InvoiceInFull:
    return await asked.do(note_ksef_number, invoice_id=asked.place.invoice.id, number=asked.typed.one("ksef_number"))


async def _correct(asked: Asked) -> InvoiceView:
    typed = asked.typed
    refund, reason = typed.amount("refund"), typed.one("reason")
    return await asked.do(correct_invoice, invoice_id=asked.place.invoice.id, refund=refund, reason=reason)


ONE = Screen(
    name="invoice_at_desk",
    path="/desk/invoices/{invoice_id:uuid}",
    guard=coordinator,
    about=_one,
    shows=_shown,
    deeds={
        "ksef": Deed(_note, N_("The KSeF number is noted.")),
        "correct": Deed(
            _correct,
            N_("The correction is issued, and the buyer is written to."),
            lambda made: f"/desk/invoices/{made.id}",
        ),
    },
    labels=labels_in,
)
handlers: list[ControllerRouterHandler] = [*ONE.handlers]
