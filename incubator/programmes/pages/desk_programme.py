"""The desk: a programme with what is said of it, its partners, its state and its editions."""

from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, statement
from incubator.kernel.errors import Refusal, Stale
from incubator.people.actor import Actor
from incubator.people.forms import Ask, Asked, Typed, carried_out, problem_of, typed_in
from incubator.people.guards import office_or_coordinator
from incubator.programmes.catalogue import programme_by_slug
from incubator.programmes.pages.deeds import PROGRAMME
from incubator.programmes.pages.labels import labels_in
from incubator.programmes.pages.rows import PARTNER, shown
from incubator.programmes.queries import must_run
from incubator.programmes.states import PROGRAMME_ALLOWED, ProgrammeState
from incubator.web.i18n import texts_of
from incubator.web.pages import page


@get("/desk/programmes/{slug:str}", guards=[office_or_coordinator])
async def show_programme_desk(
    request: Ask,
    slug: FromPath[str],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[str]:
    return await _show(request, slug, db, actor, now)


@post("/desk/programmes/{slug:str}", guards=[office_or_coordinator], status_code=303)
async def change_programme(
    request: Ask,
    slug: FromPath[str],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    typed = await typed_in(request)

    async def ask(tx: Tx) -> Asked:
        programme = await programme_by_slug(tx, slug=slug, reader=actor, now=now)
        return Asked(tx=tx, actor=actor, place=programme, typed=typed, now=now)

    async def again(typed: Typed, refusal: Refusal) -> Response[str]:
        return await _show(request, slug, db, actor, now, typed, refusal)

    back = f"/desk/programmes/{slug}"
    return await carried_out(request, db, PROGRAMME, typed=typed, ask=ask, back=back, again=again)


async def _show(
    request: Ask,
    slug: str,
    db: Database,
    actor: Actor,
    now: datetime,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> Response[str]:
    async with statement(db) as tx:
        programme = await programme_by_slug(tx, slug=slug, reader=actor, now=now)
    must_run(actor, programme.brief.gmina_id)
    labels = labels_in(texts_of(request))
    problem, status = problem_of(request, refusal, labels)
    return page(
        request,
        "programmes/desk_programme.html",
        status=status,
        programme=programme,
        onward=sorted(PROGRAMME_ALLOWED[ProgrammeState(programme.brief.state)]),
        partners=shown("partners", PARTNER, programme.partners, typed),
        labels=labels,
        typed=typed,
        problem=problem,
        stale=isinstance(refusal, Stale),
    )


handlers: list[ControllerRouterHandler] = [show_programme_desk, change_programme]
