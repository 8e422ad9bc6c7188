"""The desk of an edition: how it is judged and by whom, the formal check, the ranking."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.assessment.pages.deeds import ASSESSMENT, FORMAL, RANKING
from incubator.assessment.pages.labels import labels_in
from incubator.assessment.pages.rows import CRITERION, ITEM, TIES, shown
from incubator.assessment.queries import NoCall, assessment_to_run, progress_for, scorers_for
from incubator.assessment.queries_formal import formal_queue
from incubator.assessment.queries_ranking import missing_for, ranking_for
from incubator.assessment.words import points_in
from incubator.db.engine import Database, Tx, statement
from incubator.kernel.errors import Refusal, Stale
from incubator.people.actor import Actor
from incubator.people.forms import Ask, Asked, Deed, Typed, carried_out, problem_of, typed_in
from incubator.people.guards import office_or_coordinator
from incubator.programmes.queries import EditionView, edition_to_run
from incubator.web.i18n import locale_of, texts_of
from incubator.web.pages import page

Seen = Callable[[Tx, Actor, EditionView, datetime, Typed | None], Awaitable[dict[str, Any]]]


@get("/desk/editions/{edition_id:uuid}/assessment", guards=[office_or_coordinator])
async def show_assessment(
    request: Ask,
    edition_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[str]:
    return await _show(request, edition_id, db, actor, now, part="assessment")


@post("/desk/editions/{edition_id:uuid}/assessment", guards=[office_or_coordinator], status_code=303)
async def change_assessment(
    request: Ask,
    edition_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    return await _change(request, edition_id, db, actor, now, part="assessment", deeds=ASSESSMENT)


@get("/desk/editions/{edition_id:uuid}/formal", guards=[office_or_coordinator])
async def show_formal(
    request: Ask,
    edition_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[str]:
    return await _show(request, edition_id, db, actor, now, part="formal")


@post("/desk/editions/{edition_id:uuid}/formal", guards=[office_or_coordinator], status_code=303)
async def check(
    request: Ask,
    edition_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    return await _change(request, edition_id, db, actor, now, part="formal", deeds=FORMAL)


@get("/desk/editions/{edition_id:uuid}/ranking", guards=[office_or_coordinator])
async def show_ranking(
    request: Ask,
    edition_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[str]:
    return await _show(request, edition_id, db, actor, now, part="ranking")


@post("/desk/editions/{edition_id:uuid}/ranking", guards=[office_or_coordinator], status_code=303)
async def rank(
    request: Ask,
    edition_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    return await _change(request, edition_id, db, actor, now, part="ranking", deeds=RANKING)


async def _change(
    request: Ask,
    edition_id: UUID,
    db: Database,
    actor: Actor,
    now: datetime,
    *,
    part: str,
    deeds: Mapping[str, Deed],
) -> Response[Any]:
    typed = await typed_in(request)

    async def ask(tx: Tx) -> Asked:
        edition = await edition_to_run(tx, actor=actor, edition_id=edition_id)
        return Asked(tx=tx, actor=actor, place=edition, typed=typed, now=now)

    async def again(typed: Typed, refusal: Refusal) -> Response[str]:
        return await _show(request, edition_id, db, actor, now, typed, refusal, part=part)

    back = f"/desk/editions/{edition_id}/{part}"
    return await carried_out(request, db, deeds, typed=typed, ask=ask, back=back, again=again)


async def _show(
    request: Ask,
    edition_id: UUID,
    db: Database,
    actor: Actor,
    now: datetime,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
    *,
    part: str,
) -> Response[str]:
    async with statement(db) as tx:
        edition = await edition_to_run(tx, actor=actor, edition_id=edition_id)
        try:
            assessment = await assessment_to_run(tx, actor=actor, edition_id=edition_id)
        except NoCall:
            return page(request, "assessment/desk_no_call.html", edition=edition, part=part)
        seen = await SEEN[part](tx, actor, edition, now, typed)
    labels, locale = labels_in(texts_of(request)), locale_of(request)
    problem, status = problem_of(request, refusal, labels)
    return page(
        request,
        f"assessment/desk_{part}.html",
        status=status,
        edition=edition,
        assessment=assessment,
        part=part,
        labels=labels,
        typed=typed,
        problem=problem,
        stale=isinstance(refusal, Stale),
        points=lambda hundredths: points_in(hundredths, locale),
        items=shown("items", ITEM, assessment.items, typed),
        criteria=shown("criteria", CRITERION, assessment.criteria, typed),
        ties=TIES,
        **seen,
    )


async def _assessment(
    tx: Tx, actor: Actor, edition: EditionView, _now: datetime, _typed: Typed | None
) -> dict[str, Any]:
    return {
        "scorers": await scorers_for(tx, actor=actor, edition_id=edition.id),
        "progress": await progress_for(tx, actor=actor, edition_id=edition.id),
    }


async def _formal(tx: Tx, actor: Actor, edition: EditionView, now: datetime, _typed: Typed | None) -> dict[str, Any]:
    return {"queue": await formal_queue(tx, actor=actor, edition_id=edition.id, now=now)}


async def _ranking(tx: Tx, actor: Actor, edition: EditionView, _now: datetime, _typed: Typed | None) -> dict[str, Any]:
    return {
        "ranking": await ranking_for(tx, actor=actor, edition_id=edition.id),
        "missing": await missing_for(tx, actor=actor, edition_id=edition.id),
    }


SEEN: dict[str, Seen] = {"assessment": _assessment, "formal": _formal, "ranking": _ranking}

handlers: list[ControllerRouterHandler] = [
    show_assessment,
    change_assessment,
    show_formal,
    check,
    show_ranking,
    rank,
]
