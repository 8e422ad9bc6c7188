"""One's own invoices, and one of them with all that it says."""

from datetime import date
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx, attempt, statement
from incubator.invoices.api.shapes import OWN_READ, Invoices, Limit
from incubator.invoices.queries import invoice_for, own_invoices
from incubator.invoices.structured import file_name, handed_out
from incubator.invoices.views import InvoiceInFull
from incubator.people.visit import Visit
from incubator.web.cursors import Cursor, read_cursor, write_cursor
from incubator.web.pdf import download


@get("/invoices", operation_id="listOwnInvoices", **OWN_READ)
async def list_own(visit: NamedDependency[Visit], after: Cursor = None, limit: Limit = 50) -> Invoices:
    """One's own invoices and those of one's organisations, the latest first."""
    async with statement(visit.db) as tx:
        found = await own_invoices(tx, actor=visit.actor, after=read_cursor(after, date), limit=limit + 1)
    onward = write_cursor(found[limit - 1].issued_on, found[limit - 1].id) if len(found) > limit else None
    return Invoices(items=found[:limit], next=onward)


@get("/invoices/{invoice_id:uuid}", operation_id="getInvoice", **OWN_READ)
async def get_invoice(visit: NamedDependency[Visit], invoice_id: FromPath[UUID]) -> InvoiceInFull:
    """All that an invoice says, and its corrections; for whom it is for, and for the gmina that issued it."""
    async with statement(visit.db) as tx:
        return await invoice_for(tx, actor=visit.actor, invoice_id=invoice_id)


@get(
    "/invoices/{invoice_id:uuid}/structured",
    operation_id="getStructuredInvoice",
    media_type="application/xml",
    **OWN_READ,
)
async def get_structured(visit: NamedDependency[Visit], invoice_id: FromPath[UUID]) -> Response[bytes]:
    """The structured file, FA(3); once handed out, the same bytes for ever. A correction for a company is made once the
    KSeF number of what it corrects is noted."""

    async def read(tx: Tx) -> tuple[str, bytes]:
        found = await invoice_for(tx, actor=visit.actor, invoice_id=invoice_id)
        return found.invoice.number, await handed_out(tx, found=found, now=visit.now)

    number, content = await attempt(visit.db, read)
    return download(content, file_name(number, "xml"), media_type="application/xml")


handlers: list[ControllerRouterHandler] = [list_own, get_invoice, get_structured]
