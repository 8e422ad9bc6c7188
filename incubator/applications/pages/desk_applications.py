"""The desk: what was handed in to an edition, as a list, as a spreadsheet, and one by one."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from incubator.applications.calls import NoSuchCall, call_of, desk_call
from incubator.applications.files import files_of
from incubator.applications.pages.labels import labels_in
from incubator.applications.queries import application_at_desk, applications_in, asked_for, counts_in
from incubator.applications.spreadsheet import spreadsheet
from incubator.applications.states import State
from incubator.applications.submissions import submissions_of
from incubator.db.engine import statement
from incubator.people.guards import office_or_coordinator
from incubator.people.queries import gminas
from incubator.people.visit import Visit
from incubator.programmes.queries import edition_by_id
from incubator.web.i18n import texts_of
from incubator.web.pages import page
from incubator.web.pdf import download


@get("/desk/editions/{edition_id:uuid}/applications", guards=[office_or_coordinator])
async def show_applications(visit: NamedDependency[Visit], edition_id: FromPath[UUID]) -> Response[Any]:
    """Where there is no call yet, the page on which it is announced."""
    chosen = visit.request.query_params.get("state", "")
    states = {State(chosen)} if chosen in set(State) else None
    async with statement(visit.db) as tx:
        try:
            desk = await desk_call(tx, actor=visit.actor, edition_id=edition_id)
        except NoSuchCall:
            return Redirect(f"/desk/editions/{edition_id}/call", status_code=303)
        found = await applications_in(tx, actor=visit.actor, edition_id=edition_id, states=states)
        counts = await counts_in(tx, actor=visit.actor, edition_id=edition_id)
    return page(
        visit.request,
        "applications/desk_applications.html",
        edition=desk.edition,
        call=desk.call,
        phase=desk.call.phase(visit.now),
        applications=found,
        counts=counts,
        chosen=chosen if states else "",
    )


@get("/desk/editions/{edition_id:uuid}/applications.csv", guards=[office_or_coordinator])
async def fetch_applications(visit: NamedDependency[Visit], edition_id: FromPath[UUID]) -> Response[bytes]:
    async with statement(visit.db) as tx:
        desk = await desk_call(tx, actor=visit.actor, edition_id=edition_id)
        found = await applications_in(tx, actor=visit.actor, edition_id=edition_id)
        places = {one.id: one.name for one in await gminas(tx)}
    content = spreadsheet(desk.call, found, places, texts_of(visit.request))
    name = f"{desk.edition.programme_slug}-{desk.edition.slug}.csv"
    return download(content, name, media_type="text/csv")


@get("/desk/applications/{application_id:uuid}", guards=[office_or_coordinator])
async def show_application_desk(visit: NamedDependency[Visit], application_id: FromPath[UUID]) -> Response[str]:
    async with statement(visit.db) as tx:
        application = await application_at_desk(tx, actor=visit.actor, application_id=application_id)
        edition = await edition_by_id(tx, edition_id=application.edition_id)
        call = await call_of(tx, edition_id=application.edition_id)
        files = await files_of(tx, application_id=application_id, desk=True)
        submissions = await submissions_of(tx, application_id=application_id)
        asked = await asked_for(tx, application_id=application_id)
        places = await gminas(tx)
    return page(
        visit.request,
        "applications/desk_one.html",
        application=application,
        edition=edition,
        call=call,
        files=files,
        submissions=submissions,
        asked=asked,
        gminas=places,
        labels=labels_in(texts_of(visit.request)),
    )


handlers: list[ControllerRouterHandler] = [show_applications, fetch_applications, show_application_desk]
