"""How applications are judged and by whom, for who runs the edition."""

from typing import Any
from uuid import UUID

from litestar import Response, delete, get, post, put
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
from incubator.db.engine import statement
from incubator.people.change import Change
from incubator.people.visit import Visit
from incubator.web.cursors import Cursor
from incubator.web.etags import tagged
from incubator.web.pieces import piece


@get("/editions/{edition_id:uuid}/assessment", operation_id="getAssessment", **DESK_READ)
async def get_assessment(visit: NamedDependency[Visit], edition_id: FromPath[UUID]) -> Response[AssessmentView]:
    """The rules, the list of the formal check and the rubric; version 0 where nothing was set up yet."""
    async with statement(visit.db) as tx:
        view = await assessment_to_run(tx, actor=visit.actor, edition_id=edition_id)
    return tagged(view, view.version)


@put("/editions/{edition_id:uuid}/assessment/rules", operation_id="setAssessment", **DESK)
async def put_rules(
    change: NamedDependency[Change], edition_id: FromPath[UUID], data: JSONBody[AssessmentRules]
) -> Response[AssessmentView]:
    """The rules, all of them anew; they stay as they are once scoring has begun."""
    return await change(set_assessment, edition_id=edition_id, rules=data)


@put("/editions/{edition_id:uuid}/assessment/formal-items", operation_id="setFormalItems", **DESK)
async def put_formal_items(
    change: NamedDependency[Change], edition_id: FromPath[UUID], data: JSONBody[FormalItems]
) -> Response[AssessmentView]:
    """What the formal check looks at, all of it anew; it stays once an application was checked."""
    return await change(set_formal_items, edition_id=edition_id, items=data.items)


@put("/editions/{edition_id:uuid}/assessment/criteria", operation_id="setRubric", **DESK)
async def put_criteria(
    change: NamedDependency[Change], edition_id: FromPath[UUID], data: JSONBody[Rubric]
) -> Response[AssessmentView]:
    """The criteria with their points and weights, all of them anew; they stay once scoring has begun."""
    return await change(set_rubric, edition_id=edition_id, criteria=data.criteria)


@get("/editions/{edition_id:uuid}/scorers", operation_id="listScorers", **DESK_READ)
async def get_scorers(visit: NamedDependency[Visit], edition_id: FromPath[UUID]) -> Scorers:
    """Who scores, and how far they are."""
    async with statement(visit.db) as tx:
        return Scorers(items=await scorers_for(tx, actor=visit.actor, edition_id=edition_id))


@post("/editions/{edition_id:uuid}/scorers", operation_id="appointScorer", **DESK)
async def post_scorer(
    visit: NamedDependency[Visit], edition_id: FromPath[UUID], data: JSONBody[NewScorer]
) -> Response[Any]:
    """Appoint somebody who has an account; they are written to."""
    return await visit.create(
        appoint_scorer, f"/api/editions/{edition_id}/scorers", edition_id=edition_id, email=data.email
    )


@delete("/editions/{edition_id:uuid}/scorers/{account_id:uuid}", operation_id="removeScorer", **DESK)
async def delete_scorer(visit: NamedDependency[Visit], edition_id: FromPath[UUID], account_id: FromPath[UUID]) -> None:
    """They score no more; what they have handed in still counts."""
    await visit.do(remove_scorer, edition_id=edition_id, account_id=account_id)


@get("/editions/{edition_id:uuid}/assessment/progress", operation_id="getScoringProgress", **DESK_READ)
async def get_progress(
    visit: NamedDependency[Visit], edition_id: FromPath[UUID], after: Cursor = None, limit: Limit = 100
) -> Progress:
    """Each application in scoring: who scores it, how far they are, how many sheets are missing."""
    async with statement(visit.db) as tx:
        found = await progress_for(tx, actor=visit.actor, edition_id=edition_id)
    items, following = piece(found, lambda one: one.application_id, after=after, limit=limit)
    return Progress(items=items, next=following)


@post("/editions/{edition_id:uuid}/assessment/share-out", operation_id="shareOutApplications", status_code=200, **DESK)
async def post_share_out(visit: NamedDependency[Visit], edition_id: FromPath[UUID]) -> Shared:
    """Give every application the scorers that it lacks, as evenly as conflicts of interest allow."""
    return Shared(assigned=await visit.do(share_out, edition_id=edition_id))


@put(
    "/applications/{application_id:uuid}/scorers/{account_id:uuid}",
    operation_id="assignScorer",
    status_code=204,
    **DESK,
)
async def put_assignment(
    visit: NamedDependency[Visit], application_id: FromPath[UUID], account_id: FromPath[UUID]
) -> None:
    """Let a scorer of the edition score this application. Whoever belongs to the applicant cannot."""
    await visit.do(assign, application_id=application_id, account_id=account_id)


@delete("/applications/{application_id:uuid}/scorers/{account_id:uuid}", operation_id="unassignScorer", **DESK)
async def delete_assignment(
    visit: NamedDependency[Visit], application_id: FromPath[UUID], account_id: FromPath[UUID]
) -> None:
    """Take a scorer off an application that they have not handed in a sheet for."""
    await visit.do(unassign, application_id=application_id, account_id=account_id)


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
