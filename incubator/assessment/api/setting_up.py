"""How applications are judged and by whom, for who runs the edition."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.assessment.api.shapes import (
    DESK,
    DESK_READ,
    FormalItems,
    Limit,
    NewScorer,
    Progress,
    Rubric,
    Scorers,
    Shared,
)
from incubator.assessment.appoint_scorer import appoint_scorer
from incubator.assessment.assign import assign, unassign
from incubator.assessment.details import AssessmentRules
from incubator.assessment.queries import assessment_to_run, progress_for, scorers_for
from incubator.assessment.remove_scorer import remove_scorer
from incubator.assessment.set_assessment import set_assessment
from incubator.assessment.set_formal_items import set_formal_items
from incubator.assessment.set_rubric import set_rubric
from incubator.assessment.share_out import share_out
from incubator.assessment.views import AssessmentView
from incubator.db.engine import Database, Tx, attempt, statement
from incubator.people.actor import Actor
from incubator.web.cursors import Cursor
from incubator.web.etags import IfMatch, seen_version, tagged
from incubator.web.idempotency import Made, created
from incubator.web.pieces import piece


@get("/editions/{edition_id:uuid}/assessment", operation_id="getAssessment", **DESK_READ)
async def get_assessment(
    edition_id: FromPath[UUID], db: NamedDependency[Database], actor: NamedDependency[Actor]
) -> Response[AssessmentView]:
    """The rules, the list of the formal check and the rubric; version 0 where nothing was set up yet."""
    async with statement(db) as tx:
        view = await assessment_to_run(tx, actor=actor, edition_id=edition_id)
    return tagged(view, view.version)


@put("/editions/{edition_id:uuid}/assessment/rules", operation_id="setAssessment", **DESK)
async def put_rules(
    edition_id: FromPath[UUID],
    data: JSONBody[AssessmentRules],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[AssessmentView]:
    """The rules, all of them anew; they stay as they are once scoring has begun."""
    seen = seen_version(if_match)
    view = await attempt(
        db, lambda tx: set_assessment(tx, actor=actor, edition_id=edition_id, rules=data, seen=seen, now=now)
    )
    return tagged(view, view.version)


@put("/editions/{edition_id:uuid}/assessment/formal-items", operation_id="setFormalItems", **DESK)
async def put_formal_items(
    edition_id: FromPath[UUID],
    data: JSONBody[FormalItems],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[AssessmentView]:
    """What the formal check looks at, all of it anew; it stays once an application was checked."""
    seen = seen_version(if_match)
    view = await attempt(
        db, lambda tx: set_formal_items(tx, actor=actor, edition_id=edition_id, items=data.items, seen=seen, now=now)
    )
    return tagged(view, view.version)


@put("/editions/{edition_id:uuid}/assessment/criteria", operation_id="setRubric", **DESK)
async def put_criteria(
    edition_id: FromPath[UUID],
    data: JSONBody[Rubric],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[AssessmentView]:
    """The criteria with their points and weights, all of them anew; they stay once scoring has begun."""
    seen = seen_version(if_match)
    view = await attempt(
        db, lambda tx: set_rubric(tx, actor=actor, edition_id=edition_id, criteria=data.criteria, seen=seen, now=now)
    )
    return tagged(view, view.version)


@get("/editions/{edition_id:uuid}/scorers", operation_id="listScorers", **DESK_READ)
async def get_scorers(
    edition_id: FromPath[UUID], db: NamedDependency[Database], actor: NamedDependency[Actor]
) -> Scorers:
    """Who scores, and how far they are."""
    async with statement(db) as tx:
        return Scorers(items=await scorers_for(tx, actor=actor, edition_id=edition_id))


@post("/editions/{edition_id:uuid}/scorers", operation_id="appointScorer", **DESK)
async def post_scorer(
    request: Request[Any, Any, Any],
    edition_id: FromPath[UUID],
    data: JSONBody[NewScorer],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """Appoint somebody who has an account; they are written to."""

    async def make(tx: Tx) -> Made:
        made = await appoint_scorer(tx, actor=actor, edition_id=edition_id, email=data.email, now=now)
        return made, f"/api/editions/{edition_id}/scorers"

    return await created(request, db, actor.account_id, make)


@delete("/editions/{edition_id:uuid}/scorers/{account_id:uuid}", operation_id="removeScorer", **DESK)
async def delete_scorer(
    edition_id: FromPath[UUID],
    account_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> None:
    """They score no more; what they have handed in still counts."""
    await attempt(db, lambda tx: remove_scorer(tx, actor=actor, edition_id=edition_id, account_id=account_id, now=now))


@get("/editions/{edition_id:uuid}/assessment/progress", operation_id="getScoringProgress", **DESK_READ)
async def get_progress(
    edition_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    after: Cursor = None,
    limit: Limit = 100,
) -> Progress:
    """Each application in scoring: who scores it, how far they are, how many sheets are missing."""
    async with statement(db) as tx:
        found = await progress_for(tx, actor=actor, edition_id=edition_id)
    items, following = piece(found, lambda one: one.application_id, after=after, limit=limit)
    return Progress(items=items, next=following)


@post("/editions/{edition_id:uuid}/assessment/share-out", operation_id="shareOutApplications", status_code=200, **DESK)
async def post_share_out(
    edition_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Shared:
    """Give every application the scorers that it lacks, as evenly as conflicts of interest allow."""
    return Shared(assigned=await attempt(db, lambda tx: share_out(tx, actor=actor, edition_id=edition_id, now=now)))


@put(
    "/applications/{application_id:uuid}/scorers/{account_id:uuid}",
    operation_id="assignScorer",
    status_code=204,
    **DESK,
)
async def put_assignment(
    application_id: FromPath[UUID],
    account_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> None:
    """Let a scorer of the edition score this application. Whoever belongs to the applicant cannot."""
    await attempt(db, lambda tx: assign(tx, actor=actor, application_id=application_id, account_id=account_id, now=now))


@delete("/applications/{application_id:uuid}/scorers/{account_id:uuid}", operation_id="unassignScorer", **DESK)
async def delete_assignment(
    application_id: FromPath[UUID],
    account_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> None:
    """Take a scorer off an application that they have not handed in a sheet for."""
    await attempt(
        db, lambda tx: unassign(tx, actor=actor, application_id=application_id, account_id=account_id, now=now)
    )


handlers: list[ControllerRouterHandler] = [
    get_assessment,
    put_rules,
    put_formal_items,
    put_criteria,
    get_scorers,
    post_scorer,
    delete_scorer,
    get_progress,
    post_share_out,
    put_assignment,
    delete_assignment,
]
