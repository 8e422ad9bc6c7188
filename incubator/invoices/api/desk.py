"""What a gmina issued, its sums, the numbers of KSeF, and corrections."""

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
from incubator.invoices.api.shapes import (
    DESK,
    DESK_READ,
    First,
    GivenBack,
    Invoices,
    KsefNumber,
    Last,
    Limit,
    Renamed,
    days,
    place,
)
from incubator.invoices.correct_buyer import correct_buyer, invoice_another
from incubator.invoices.correct_invoice import correct_invoice
from incubator.invoices.note_ksef_number import note_ksef_number
from incubator.invoices.queries import invoices_at_desk, totals_at_desk
from incubator.invoices.views import InvoiceInFull, InvoiceTotals
from incubator.people.visit import Visit
from incubator.places.reach import gmina_key
from incubator.web.cursors import Cursor, read_cursor, write_cursor


@get("/gminas/{slug:str}/invoices", operation_id="listGminaInvoices", **DESK_READ)
async def list_of_gmina(
    visit: NamedDependency[Visit],
    slug: FromPath[str],
    first: First,
    last: Last,
    after: Cursor = None,
    limit: Limit = 50,
) -> Invoices:
    """What a gmina issued on these days, in order; for its coordinators."""
    stretch = days(first, last)
    async with statement(visit.db) as tx:
        key = await gmina_key(tx, slug)
        found = await invoices_at_desk(
            tx, actor=visit.actor, gmina_id=key, days=stretch, after=read_cursor(after, date), limit=limit + 1
        )
    onward = write_cursor(found[limit - 1].issued_on, found[limit - 1].id) if len(found) > limit else None
    return Invoices(items=found[:limit], next=onward)


@get("/gminas/{slug:str}/invoices/totals", operation_id="getGminaInvoiceTotals", **DESK_READ)
async def get_totals(visit: NamedDependency[Visit], slug: FromPath[str], first: First, last: Last) -> InvoiceTotals:
    """What a gmina invoiced on these days, by rate, corrections taken off."""
    stretch = days(first, last)
    async with statement(visit.db) as tx:
        key = await gmina_key(tx, slug)
        return await totals_at_desk(tx, actor=visit.actor, gmina_id=key, days=stretch)


@put("/invoices/{invoice_id:uuid}/ksef-number", operation_id="noteKsefNumber", **DESK)
async def put_ksef_number(
    visit: NamedDependency[Visit], invoice_id: FromPath[UUID], data: JSONBody[KsefNumber]
) -> InvoiceInFull:
    """Note the number that KSeF gave an invoice, once."""
    return await visit.do(note_ksef_number, invoice_id=invoice_id, number=data.ksef_number)


@post("/invoices/{invoice_id:uuid}/corrections", operation_id="correctInvoice", **DESK)
async def post_correction(
    visit: NamedDependency[Visit], invoice_id: FromPath[UUID], data: JSONBody[GivenBack]
) -> Response[Any]:
    """Issue a correction after money was given back, spread over the lines of the invoice."""
    return await visit.create(
        correct_invoice, place, None, invoice_id=invoice_id, refund=data.refund, reason=data.reason
    )


@post("/invoices/{invoice_id:uuid}/buyer-corrections", operation_id="correctInvoiceBuyer", **DESK)
async def post_buyer(
    visit: NamedDependency[Visit], invoice_id: FromPath[UUID], data: JSONBody[Renamed]
) -> Response[Any]:
    """Issue a correction of the buyer's name, address or recipient, which changes no amount. Another tax number is
    another buyer."""
    return await visit.create(correct_buyer, place, None, invoice_id=invoice_id, buyer=data.buyer, reason=data.reason)


@post("/invoices/{invoice_id:uuid}/replacements", operation_id="replaceInvoice", **DESK)
async def post_replacement(
    visit: NamedDependency[Visit], invoice_id: FromPath[UUID], data: JSONBody[Renamed]
) -> Response[Any]:
    """Correct an invoice to nothing and issue one for another buyer in its stead, which is answered."""
    return await visit.create(invoice_another, place, None, invoice_id=invoice_id, buyer=data.buyer, reason=data.reason)


handlers: list[ControllerRouterHandler] = [
    list_of_gmina,
    get_totals,
    put_ksef_number,
    post_correction,
    post_buyer,
    post_replacement,
]
