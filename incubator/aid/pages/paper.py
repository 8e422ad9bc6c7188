"""The certificate of a grant of de minimis aid, as a paper: always in Polish, a draft until a person issued it."""

from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.aid.queries import entry_for
from incubator.db.engine import statement
from incubator.people.guards import signed_in
from incubator.people.visit import Visit
from incubator.web.amounts import euro, zloty
from incubator.web.pdf import download, pdf


@get("/aid/{entry_id:uuid}/certificate.pdf", guards=[signed_in])
async def show_certificate(visit: NamedDependency[Visit], entry_id: FromPath[UUID]) -> Response[bytes]:
    async with statement(visit.db) as tx:
        entry = await entry_for(tx, actor=visit.actor, entry_id=entry_id)
    content = await pdf(
        "aid/certificate.html",
        "pl",
        entry=entry,
        euro=lambda cents: euro(cents, "pl"),
        zloty=lambda grosz: zloty(grosz, "pl"),
    )
    return download(content, f"pomoc-de-minimis-{entry.granted_on}-{entry.nip or entry.id}.pdf")


handlers: list[ControllerRouterHandler] = [show_certificate]
