"""The desk: the call of an edition, its form, who was given longer, and a preview."""

from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.applications.calls import NoSuchCall, call_of, desk_call
from incubator.applications.details import APPLICANTS, KINDS, SIZES
from incubator.applications.extensions import begun_by, extensions_of
from incubator.applications.pages.deeds_call import CALL
from incubator.applications.pages.labels import labels_in
from incubator.db.engine import Tx, statement
from incubator.people.guards import office_or_coordinator
from incubator.people.queries import gminas
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.programmes.at_desk import edition_at_desk
from incubator.programmes.queries import EditionView
from incubator.web.i18n import texts_of
from incubator.web.pages import page


async def _shown(tx: Tx, visit: Visit, edition: EditionView) -> Shown:
    try:
        call = await call_of(tx, edition_id=edition.id)
        extensions = await extensions_of(tx, actor=visit.actor, edition_id=edition.id)
        begun = await begun_by(tx, actor=visit.actor, edition_id=edition.id)
    except NoSuchCall:
        call, extensions, begun = None, [], []
    return Shown(
        "applications/desk_call.html",
        edition=edition,
        call=call,
        phase=call.phase(visit.now) if call else "",
        extensions=extensions,
        begun=begun,
        gminas=await gminas(tx),
        applicants=APPLICANTS,
        sizes=SIZES,
        kinds=KINDS,
    )


@get("/desk/editions/{edition_id:uuid}/call/preview", guards=[office_or_coordinator])
async def show_preview(visit: NamedDependency[Visit], edition_id: FromPath[UUID]) -> Response[str]:
    async with statement(visit.db) as tx:
        desk = await desk_call(tx, actor=visit.actor, edition_id=edition_id)
    labels = labels_in(texts_of(visit.request))
    return page(visit.request, "applications/desk_preview.html", edition=desk.edition, call=desk.call, labels=labels)


SCREEN = Screen(
    name="call",
    path="/desk/editions/{edition_id:uuid}/call",
    guard=office_or_coordinator,
    about=edition_at_desk,
    shows=_shown,
    deeds=CALL,
    labels=labels_in,
)

handlers: list[ControllerRouterHandler] = [*SCREEN.handlers, show_preview]
