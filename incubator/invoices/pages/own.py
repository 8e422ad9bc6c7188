"""A person's own invoices and those of their organisations."""

from datetime import date
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
from incubator.invoices.pages.labels import Written
from incubator.invoices.parties import buyer_of
from incubator.invoices.queries import invoice_for, own_invoices
from incubator.invoices.queries_notes import own_notes
from incubator.invoices.sums import sums_of, total_of
from incubator.people.guards import signed_in
from incubator.people.visit import Visit
from incubator.web.cursors import Cursor, read_cursor, write_cursor
from incubator.web.pages import page

PAGE = 50


@get("/me/invoices", guards=[signed_in])
async def show_own_invoices(visit: NamedDependency[Visit], after: Cursor = None) -> Response[str]:
    async with statement(visit.db) as tx:
        found = await own_invoices(tx, actor=visit.actor, after=read_cursor(after, date), limit=PAGE + 1)
        buyer = await buyer_of(tx, account_id=visit.actor.account_id, organisation_id=None)
        notes = await own_notes(tx, actor=visit.actor)
    onward = write_cursor(found[PAGE - 1].issued_on, found[PAGE - 1].id) if len(found) > PAGE else None
    return page(
        visit.request,
        "invoices/own.html",
        invoices=found[:PAGE],
        onward=onward,
        notes=notes,
        buyer=buyer[0] if buyer else None,
        written=Written(visit.locale),
    )


@get("/invoices/{invoice_id:uuid}", guards=[signed_in])
async def show_invoice(visit: NamedDependency[Visit], invoice_id: FromPath[UUID]) -> Response[str]:
    """What it says, with its files; where mails lead."""
    async with statement(visit.db) as tx:
        found = await invoice_for(tx, actor=visit.actor, invoice_id=invoice_id)
    return page(
        visit.request,
        "invoices/one.html",
        found=found,
        document=found.document,
        sums=sums_of(found.document),
        total=total_of(found.document),
        written=Written(visit.locale),
    )


handlers: list[ControllerRouterHandler] = [show_own_invoices, show_invoice]
