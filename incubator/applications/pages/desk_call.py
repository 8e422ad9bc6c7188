"""The desk: the call of an edition, its form, who was given longer, and a preview."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.applications.calls import NoSuchCall, call_of, desk_call
from incubator.applications.details import APPLICANTS, KINDS, SIZES
from incubator.applications.extensions import begun_by, extensions_of
from incubator.applications.pages.deeds_call import CALL
from incubator.applications.pages.labels import labels_in
from incubator.db.engine import Database, Tx, statement
from incubator.kernel.errors import Refusal, Stale
from incubator.people.actor import Actor
from incubator.people.forms import Ask, Asked, Typed, carried_out, problem_of, typed_in
from incubator.people.guards import office_or_coordinator
from incubator.people.queries import gminas
from incubator.programmes.queries import edition_to_run
from incubator.web.i18n import texts_of
from incubator.web.pages import page


@get("/desk/editions/{edition_id:uuid}/call", guards=[office_or_coordinator])
async def show_call(
    request: Ask,
    edition_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[str]:
    return await _show(request, edition_id, db, actor, now)


@post("/desk/editions/{edition_id:uuid}/call", guards=[office_or_coordinator], status_code=303)
async def change_call_desk(
    request: Ask,
    edition_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    typed = await typed_in(request)

    async def ask(tx: Tx) -> Asked:
        edition = await edition_to_run(tx, actor=actor, edition_id=edition_id)
        return Asked(tx=tx, actor=actor, place=edition, typed=typed, now=now)

    async def again(typed: Typed, refusal: Refusal) -> Response[str]:
        return await _show(request, edition_id, db, actor, now, typed, refusal)

    back = f"/desk/editions/{edition_id}/call{ANCHORS.get(typed.form, '')}"
    return await carried_out(request, db, CALL, typed=typed, ask=ask, back=back, again=again)


ANCHORS = {"up": "#form", "down": "#form", "remove": "#form", "extend": "#longer"}


@get("/desk/editions/{edition_id:uuid}/call/preview", guards=[office_or_coordinator])
async def show_preview(
    request: Ask, edition_id: FromPath[UUID], db: NamedDependency[Database], actor: NamedDependency[Actor]
) -> Response[str]:
    async with statement(db) as tx:
        desk = await desk_call(tx, actor=actor, edition_id=edition_id)
    labels = labels_in(texts_of(request))
    return page(request, "applications/desk_preview.html", edition=desk.edition, call=desk.call, labels=labels)


async def _show(
    request: Ask,
    edition_id: UUID,
    db: Database,
    actor: Actor,
    now: datetime,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> Response[str]:
    async with statement(db) as tx:
        edition = await edition_to_run(tx, actor=actor, edition_id=edition_id)
        try:
            call = await call_of(tx, edition_id=edition_id)
            extensions = await extensions_of(tx, actor=actor, edition_id=edition_id)
            begun = await begun_by(tx, actor=actor, edition_id=edition_id)
        except NoSuchCall:
            call, extensions, begun = None, [], []
        places = await gminas(tx)
    labels = labels_in(texts_of(request))
    problem, status = problem_of(request, refusal, labels)
    return page(
        request,
        "applications/desk_call.html",
        status=status,
        edition=edition,
        call=call,
        phase=call.phase(now) if call else "",
        extensions=extensions,
        begun=begun,
        gminas=places,
        applicants=APPLICANTS,
        sizes=SIZES,
        kinds=KINDS,
        labels=labels,
        typed=typed,
        problem=problem,
        stale=isinstance(refusal, Stale),
    )


handlers: list[ControllerRouterHandler] = [show_call, change_call_desk, show_preview]
