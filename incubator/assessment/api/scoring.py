"""What a scorer does, and what an applicant is told."""

from datetime import datetime
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
from incubator.db.engine import Database, attempt, statement
from incubator.people.actor import Actor
from incubator.web.cursors import Cursor
from incubator.web.etags import IfMatch, seen_version, tagged
from incubator.web.pieces import piece

ACT: dict[str, Any] = {**OWN, "status_code": 200}


@get("/assess", operation_id="listScoringTasks", **OWN_READ)
async def get_tasks(
    db: NamedDependency[Database], actor: NamedDependency[Actor], after: Cursor = None, limit: Limit = 100
) -> Tasks:
    """The applications that one is to score, by code, and how far one is with each."""
    async with statement(db) as tx:
        found = await tasks_of(tx, actor=actor)
    items, following = piece(found, lambda one: one.application_id, after=after, limit=limit)
    return Tasks(items=items, next=following)


@get("/assess/{application_id:uuid}", operation_id="readApplicationToScore", **OWN_READ)
async def get_reading(
    application_id: FromPath[UUID], db: NamedDependency[Database], actor: NamedDependency[Actor]
) -> Response[ReadingView]:
    """The application, the rubric and one's own sheet, whose ETag it is. In an anonymous call nothing that
    reveals who applied. Refused before the declaration, and to whoever has a conflict of interest."""
    async with statement(db) as tx:
        view = await reading_for(tx, actor=actor, application_id=application_id)
    return tagged(view, view.sheet.version)


@get("/assess/{application_id:uuid}/files/{file_id:uuid}", operation_id="readFileToScore", **OWN_READ)
async def get_file(
    application_id: FromPath[UUID],
    file_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
) -> Response[bytes]:
    """A file of the application; in an anonymous call under another name."""
    async with statement(db) as tx:
        file = await scored_file(tx, actor=actor, application_id=application_id, file_id=file_id)
    return served(file)


@post("/assess/{application_id:uuid}/declaration", operation_id="declareConflict", **ACT)
async def post_declaration(
    application_id: FromPath[UUID],
    data: JSONBody[Declaration],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> TaskView:
    """Say whether one has a conflict of interest. One that is found later voids one's sheet; none is taken
    back."""
    return await attempt(
        db,
        lambda tx: declare_conflict(
            tx, actor=actor, application_id=application_id, conflicted=data.conflicted, reason=data.reason, now=now
        ),
    )


@put("/assess/{application_id:uuid}/sheet", operation_id="saveScoreSheet", **ACT)
async def put_sheet(
    application_id: FromPath[UUID],
    data: JSONBody[SheetDetails],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[SheetView]:
    """Keep one's sheet as a draft, all of it anew."""
    return await _score(db, actor, application_id, data, if_match, now, submit=False)


@post("/assess/{application_id:uuid}/sheet", operation_id="submitScoreSheet", **ACT)
async def post_sheet(
    application_id: FromPath[UUID],
    data: JSONBody[SheetDetails],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[SheetView]:
    """Hand one's sheet in, complete. Then it is locked until who runs the edition opens it again."""
    return await _score(db, actor, application_id, data, if_match, now, submit=True)


async def _score(
    db: Database,
    actor: Actor,
    application_id: UUID,
    data: SheetDetails,
    if_match: str | None,
    now: datetime,
    *,
    submit: bool,
) -> Response[SheetView]:
    seen = seen_version(if_match)
    view = await attempt(
        db,
        lambda tx: score(tx, actor=actor, application_id=application_id, sheet=data, submit=submit, seen=seen, now=now),
    )
    return tagged(view, view.version)


@get("/applications/{application_id:uuid}/decision", operation_id="getDecision", **OWN_READ)
async def get_decision(
    application_id: FromPath[UUID], db: NamedDependency[Database], actor: NamedDependency[Actor]
) -> OutcomeView:
    """What was decided on one's application, with points once the ranking is approved."""
    async with statement(db) as tx:
        return (await outcome_for(tx, actor=actor, application_id=application_id))[1]


@post("/applications/{application_id:uuid}/decline", operation_id="declineOffer", **ACT)
async def post_decline(
    application_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> OutcomeView:
    """Decline an offered place; it goes to the first of the reserve list."""
    await attempt(db, lambda tx: decline_offer(tx, actor=actor, application_id=application_id, now=now))
    async with statement(db) as tx:
        return (await outcome_for(tx, actor=actor, application_id=application_id))[1]


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
