"""The desk: an edition with its dates, perks, mentors, partners, terms and state."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, statement
from incubator.kernel.errors import Refusal, Stale
from incubator.kernel.period import WARSAW
from incubator.people.actor import Actor
from incubator.people.forms import Ask, Asked, Typed, carried_out, problem_of, typed_in
from incubator.people.guards import office_or_coordinator
from incubator.programmes.catalogue_editions import edition_in_full, mentors_to_choose
from incubator.programmes.details import PERK_KINDS
from incubator.programmes.pages.deeds import EDITION
from incubator.programmes.pages.labels import labels_in
from incubator.programmes.pages.rows import DATE, PARTNER, PERK, shown
from incubator.programmes.queries import must_run
from incubator.programmes.states import EDITION_ALLOWED, EditionState
from incubator.web.i18n import texts_of
from incubator.web.pages import page


@get("/desk/editions/{edition_id:uuid}", guards=[office_or_coordinator])
async def show_edition_desk(
    request: Ask,
    edition_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[str]:
    return await _show(request, edition_id, db, actor, now)


@post("/desk/editions/{edition_id:uuid}", guards=[office_or_coordinator], status_code=303)
async def change_edition(
    request: Ask,
    edition_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    typed = await typed_in(request)

    async def ask(tx: Tx) -> Asked:
        edition = await edition_in_full(tx, edition_id=edition_id, reader=actor, now=now)
        return Asked(tx=tx, actor=actor, place=edition, typed=typed, now=now)

    async def again(typed: Typed, refusal: Refusal) -> Response[str]:
        return await _show(request, edition_id, db, actor, now, typed, refusal)

    back = f"/desk/editions/{edition_id}"
    return await carried_out(request, db, EDITION, typed=typed, ask=ask, back=back, again=again)


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
        edition = await edition_in_full(tx, edition_id=edition_id, reader=actor, now=now)
        must_run(actor, edition.gmina_id)
        mentors = await mentors_to_choose(tx)
    labels = labels_in(texts_of(request))
    problem, status = problem_of(request, refusal, labels)
    return page(
        request,
        "programmes/desk_edition.html",
        status=status,
        edition=edition,
        onward=sorted(EDITION_ALLOWED[EditionState(edition.brief.state)]),
        dates=shown("dates", DATE, edition.dates, typed),
        perks=shown("perks", PERK, edition.perks, typed),
        perk_kinds=PERK_KINDS,
        partners=shown("partners", PARTNER, edition.partners, typed),
        mentors=mentors,
        chosen=[one.id for one in edition.mentors],
        today=now.astimezone(WARSAW).date(),
        labels=labels,
        typed=typed,
        problem=problem,
        stale=isinstance(refusal, Stale),
    )


handlers: list[ControllerRouterHandler] = [show_edition_desk, change_edition]
