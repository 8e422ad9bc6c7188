"""An accounting note as a paper."""

from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
from incubator.invoices.pages.files import POLISH
from incubator.invoices.pages.labels import Written
from incubator.invoices.queries_notes import note_for
from incubator.invoices.structured import file_name
from incubator.people.guards import signed_in
from incubator.people.visit import Visit
from incubator.web.pdf import download, pdf


@get("/notes/{note_id:uuid}/note.pdf", guards=[signed_in])
async def show_note(visit: NamedDependency[Visit], note_id: FromPath[UUID]) -> Response[bytes]:
    """In Polish whoever reads it."""
    async with statement(visit.db) as tx:
        found = await note_for(tx, actor=visit.actor, note_id=note_id)
    told = {"note": found.note, "document": found.document, "written": Written(POLISH)}
    content = await pdf("invoices/note.html", POLISH, **told)
    return download(content, file_name(found.note.number, "pdf").replace("faktura-", "nota-"))


handlers: list[ControllerRouterHandler] = [show_note]
