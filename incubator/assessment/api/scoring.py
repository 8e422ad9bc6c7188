"""What a scorer does, and what an applicant is told."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.applications.serving import served
from incubator.assessment.answer_offer import decline_offer
from incubator.assessment.api.shapes import OWN, OWN_READ, Declaration, Limit, Tasks
from incubator.assessment.declare_conflict import declare_conflict
from incubator.assessment.details import SheetDetails
from incubator.assessment.queries_outcome import outcome_for
from incubator.assessment.reading import reading_for, scored_file
from incubator.assessment.score import score
from incubator.assessment.tasks import tasks_of
from incubator.assessment.views import ReadingView, SheetView, TaskView
from incubator.assessment.views_ranking import OutcomeView
from incubator.db.engine import statement
from incubator.people.change import Change
from incubator.people.visit import Visit
from incubator.web.cursors import Cursor
from incubator.web.etags import tagged
from incubator.web.pieces import piece

ACT: dict[str, Any] = {**OWN, "status_code": 200}


@get("/assess", operation_id="listScoringTasks", **OWN_READ)
async def get_tasks(visit: NamedDependency[Visit], after: Cursor = None, limit: Limit = 100) -> Tasks:
    """The applications that one is to score, by code, and how far one is with each."""
    async with statement(visit.db) as tx:
        found = await tasks_of(tx, actor=visit.actor)
    items, following = piece(found, lambda one: one.application_id, after=after, limit=limit)
    return Tasks(items=items, next=following)


@get("/assess/{application_id:uuid}", operation_id="readApplicationToScore", **OWN_READ)
async def get_reading(visit: NamedDependency[Visit], application_id: FromPath[UUID]) -> Response[ReadingView]:
    """The application, the rubric and one's own sheet, whose ETag it is. In an anonymous call nothing that
    reveals who applied. Refused before the declaration, and to whoever has a conflict of interest."""
    async with statement(visit.db) as tx:
        view = await reading_for(tx, actor=visit.actor, application_id=application_id)
    return tagged(view, view.sheet.version)


@get("/assess/{application_id:uuid}/files/{file_id:uuid}", operation_id="readFileToScore", **OWN_READ)
async def get_file(
    visit: NamedDependency[Visit], application_id: FromPath[UUID], file_id: FromPath[UUID]
) -> Response[bytes]:
    """A file of the application; in an anonymous call under another name."""
    async with statement(visit.db) as tx:
        file = await scored_file(tx, actor=visit.actor, application_id=application_id, file_id=file_id)
    return served(file)


@post("/assess/{application_id:uuid}/declaration", operation_id="declareConflict", **ACT)
async def post_declaration(
    visit: NamedDependency[Visit], application_id: FromPath[UUID], data: JSONBody[Declaration]
) -> TaskView:
    """Say whether one has a conflict of interest. One that is found later voids one's sheet; none is taken
    back."""
    return await visit.do(
        declare_conflict, application_id=application_id, conflicted=data.conflicted, reason=data.reason
    )


@put("/assess/{application_id:uuid}/sheet", operation_id="saveScoreSheet", **ACT)
async def put_sheet(
    change: NamedDependency[Change], application_id: FromPath[UUID], data: JSONBody[SheetDetails]
) -> Response[SheetView]:
    """Keep one's sheet as a draft, all of it anew."""
    return await change(score, application_id=application_id, sheet=data, submit=False)


@post("/assess/{application_id:uuid}/sheet", operation_id="submitScoreSheet", **ACT)
async def post_sheet(
    change: NamedDependency[Change], application_id: FromPath[UUID], data: JSONBody[SheetDetails]
) -> Response[SheetView]:
    """Hand one's sheet in, complete. Then it is locked until who runs the edition opens it again."""
    return await change(score, application_id=application_id, sheet=data, submit=True)


@get("/applications/{application_id:uuid}/decision", operation_id="getDecision", **OWN_READ)
async def get_decision(visit: NamedDependency[Visit], application_id: FromPath[UUID]) -> OutcomeView:
    """What was decided on one's application, with points once the ranking is approved."""
    async with statement(visit.db) as tx:
        return (await outcome_for(tx, actor=visit.actor, application_id=application_id))[1]


@post("/applications/{application_id:uuid}/decline", operation_id="declineOffer", **ACT)
async def post_decline(visit: NamedDependency[Visit], application_id: FromPath[UUID]) -> OutcomeView:
    """Decline an offered place; it goes to the first of the reserve list."""
    await visit.do(decline_offer, application_id=application_id)
    async with statement(visit.db) as tx:
        return (await outcome_for(tx, actor=visit.actor, application_id=application_id))[1]


handlers: list[ControllerRouterHandler] = [
    get_tasks,
    get_reading,
    get_file,
    post_declaration,
    put_sheet,
    post_sheet,
    get_decision,
    post_decline,
]
