"""The desk: the programmes that one runs, a new one; and what the office says of the bundle."""

from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, statement
from incubator.kernel.errors import Refusal, Stale
from incubator.people.actor import Actor
from incubator.people.forms import Ask, Asked, Typed, carried_out, problem_of, typed_in
from incubator.people.guards import office, office_or_coordinator
from incubator.places.catalogue import gminas
from incubator.programmes.catalogue import bundle, programmes_run
from incubator.programmes.pages.deeds import BUNDLE, PROGRAMMES
from incubator.programmes.pages.labels import labels_in
from incubator.programmes.pages.rows import PARTNER, shown
from incubator.programmes.queries import may_run
from incubator.programmes.waiting import waiting_in
from incubator.web.i18n import texts_of
from incubator.web.pages import page

DESK, OFFICE = "/desk/programmes", "/office/bundle"


@get(DESK, guards=[office_or_coordinator])
async def show_programmes_desk(
    request: Ask, db: NamedDependency[Database], actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[str]:
    return await _show_desk(request, db, actor, now)


@post(DESK, guards=[office_or_coordinator], status_code=303)
async def start_programme(
    request: Ask, db: NamedDependency[Database], actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[Any]:
    typed = await typed_in(request)

    async def ask(tx: Tx) -> Asked:
        return Asked(tx=tx, actor=actor, place=None, typed=typed, now=now)

    async def again(typed: Typed, refusal: Refusal) -> Response[str]:
        return await _show_desk(request, db, actor, now, typed, refusal)

    return await carried_out(request, db, PROGRAMMES, typed=typed, ask=ask, back=DESK, again=again)


@get(OFFICE, guards=[office])
async def show_bundle_desk(request: Ask, db: NamedDependency[Database]) -> Response[str]:
    return await _show_bundle(request, db)


@post(OFFICE, guards=[office], status_code=303)
async def change_bundle(
    request: Ask, db: NamedDependency[Database], actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[Any]:
    typed = await typed_in(request)

    async def ask(tx: Tx) -> Asked:
        return Asked(tx=tx, actor=actor, place=None, typed=typed, now=now)

    async def again(typed: Typed, refusal: Refusal) -> Response[str]:
        return await _show_bundle(request, db, typed, refusal)

    return await carried_out(request, db, BUNDLE, typed=typed, ask=ask, back=OFFICE, again=again)


async def _show_desk(
    request: Ask,
    db: Database,
    actor: Actor,
    now: datetime,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> Response[str]:
    async with statement(db) as tx:
        mine = await programmes_run(tx, actor=actor, now=now)
        editions = [edition.id for programme in mine for edition in programme.editions]
        waiting = await waiting_in(tx, edition_ids=editions, now=now)
        own = [gmina for gmina in await gminas(tx) if may_run(actor, gmina.id)]
    labels = labels_in(texts_of(request))
    problem, status = problem_of(request, refusal, labels)
    return page(
        request,
        "programmes/desk_programmes.html",
        status=status,
        programmes=mine,
        waiting=waiting,
        gminas=own,
        of_metropolis=may_run(actor, None),
        labels=labels,
        typed=typed,
        problem=problem,
        stale=False,  # what is added was seen by nobody before
    )


async def _show_bundle(
    request: Ask, db: Database, typed: Typed | None = None, refusal: Refusal | None = None
) -> Response[str]:
    async with statement(db) as tx:
        found = await bundle(tx)
    labels = labels_in(texts_of(request))
    problem, status = problem_of(request, refusal, labels)
    return page(
        request,
        "programmes/office_bundle.html",
        status=status,
        bundle=found,
        partners=shown("partners", PARTNER, found.partners, typed),
        labels=labels,
        typed=typed,
        problem=problem,
        stale=isinstance(refusal, Stale),
    )


handlers: list[ControllerRouterHandler] = [show_programmes_desk, start_programme, show_bundle_desk, change_bundle]
