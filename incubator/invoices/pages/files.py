"""Files: an invoice as a paper and as a structured file; a month as a register and as a bundle to send."""

from contextlib import suppress
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx, attempt, statement
from incubator.invoices.bundle import ToSend, bundled, invoices_to_send
from incubator.invoices.pages.desk import Month, gmina_at_desk, month_of
from incubator.invoices.pages.labels import Written
from incubator.invoices.queries import invoice_for
from incubator.invoices.register import RegisterRow, as_csv, as_xlsx, register_of
from incubator.invoices.structured import BuyerForgotten, KsefNumberMissing, file_name, handed_out
from incubator.invoices.sums import sums_of, total_of
from incubator.invoices.verification import OFFLINE, code_of
from incubator.invoices.views import InvoiceInFull
from incubator.kernel.period import WARSAW
from incubator.people.guards import coordinator, signed_in
from incubator.people.visit import Visit
from incubator.web.i18n import texts_of
from incubator.web.pdf import download, pdf
from incubator.web.workbook import XLSX

POLISH = "pl"


async def paper(found: InvoiceInFull) -> bytes:
    """The invoice as a PDF, in Polish whoever reads it. Raises NoPdf."""
    document, written = found.document, Written(POLISH)
    sums, total = sums_of(document), total_of(document)
    told = {"found": found, "document": document, "sums": sums, "total": total, "written": written}
    return await pdf("invoices/paper.html", POLISH, **told, verified=_verified(found))


def _verified(found: InvoiceInFull) -> tuple[str, str] | None:
    """The code and what stands under it; None for a person's invoice that did not go through KSeF."""
    number = found.invoice.ksef_number
    if found.verification is None or not (number or found.document.buyer.number):
        return None
    return code_of(found.verification), number or OFFLINE


@get("/invoices/{invoice_id:uuid}/invoice.pdf", guards=[signed_in])
async def show_paper(visit: NamedDependency[Visit], invoice_id: FromPath[UUID]) -> Response[bytes]:
    """The code on it is of the structured file, so that is handed out with it, where it can be."""

    async def read(tx: Tx) -> InvoiceInFull:
        found = await invoice_for(tx, actor=visit.actor, invoice_id=invoice_id)
        if found.verification is not None:
            return found
        with suppress(KsefNumberMissing, BuyerForgotten):
            await handed_out(tx, found=found, now=visit.now)
        return await invoice_for(tx, actor=visit.actor, invoice_id=invoice_id)

    found = await attempt(visit.db, read)
    return download(await paper(found), file_name(found.invoice.number, "pdf"))


@get("/invoices/{invoice_id:uuid}/invoice.xml", guards=[signed_in])
async def show_structured(visit: NamedDependency[Visit], invoice_id: FromPath[UUID]) -> Response[bytes]:
    async def read(tx: Tx) -> tuple[str, bytes]:
        found = await invoice_for(tx, actor=visit.actor, invoice_id=invoice_id)
        return found.invoice.number, await handed_out(tx, found=found, now=visit.now)

    number, content = await attempt(visit.db, read)
    return download(content, file_name(number, "xml"), media_type="application/xml")


@get("/desk/gminas/{slug:str}/invoices/register.csv", guards=[coordinator])
async def show_csv(visit: NamedDependency[Visit], slug: FromPath[str], month: Month = "") -> Response[bytes]:
    rows, name = await _register(visit, slug, month)
    content = as_csv(rows, texts_of(visit.request))
    return download(content, f"{name}.csv", media_type="text/csv; charset=utf-8")


@get("/desk/gminas/{slug:str}/invoices/register.xlsx", guards=[coordinator])
async def show_xlsx(visit: NamedDependency[Visit], slug: FromPath[str], month: Month = "") -> Response[bytes]:
    rows, name = await _register(visit, slug, month)
    return download(as_xlsx(rows, texts_of(visit.request)), f"{name}.xlsx", media_type=XLSX)


@get("/desk/gminas/{slug:str}/invoices/ksef.zip", guards=[coordinator])
async def show_bundle(visit: NamedDependency[Visit], slug: FromPath[str], month: Month = "") -> Response[bytes]:
    """The structured files of the month that have no KSeF number yet."""
    days = month_of(month, visit.now.astimezone(WARSAW).date())

    async def read(tx: Tx) -> list[ToSend]:
        gmina = await gmina_at_desk(tx, actor=visit.actor, slug=slug)
        return await invoices_to_send(tx, actor=visit.actor, gmina_id=gmina.id, days=days, now=visit.now)

    found = await attempt(visit.db, read)
    content = bundled(found, texts_of(visit.request))
    return download(content, f"ksef-{slug}-{days.first:%Y-%m}.zip", media_type="application/zip")


async def _register(visit: Visit, slug: str, month: str) -> tuple[list[RegisterRow], str]:
    days = month_of(month, visit.now.astimezone(WARSAW).date())
    async with statement(visit.db) as tx:
        gmina = await gmina_at_desk(tx, actor=visit.actor, slug=slug)
        rows = await register_of(tx, actor=visit.actor, gmina_id=gmina.id, days=days)
    return rows, f"faktury-{slug}-{days.first:%Y-%m}"


handlers: list[ControllerRouterHandler] = [show_paper, show_structured, show_csv, show_xlsx, show_bundle]
