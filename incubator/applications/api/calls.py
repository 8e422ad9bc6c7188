"""The call of an edition and its form."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.applications.add_question import add_question
from incubator.applications.announce_call import announce_call
from incubator.applications.api.shapes import DESK, DESK_READ, Move, NewExtension
from incubator.applications.call_views import CallView
from incubator.applications.calls import call_as_seen
from incubator.applications.change_call import change_call
from incubator.applications.change_question import change_question
from incubator.applications.details import CallDetails, QuestionDetails
from incubator.applications.extend_for import extend_for
from incubator.applications.extensions import ExtensionView, extensions_of
from incubator.applications.move_question import move_question
from incubator.applications.publish_call import publish_call
from incubator.applications.remove_question import remove_question
from incubator.db.engine import Database, statement
from incubator.people.change import Change
from incubator.people.guards import public
from incubator.people.visit import Visit
from incubator.web.etags import tagged
from incubator.web.problems import problems

Ask = Request[Any, Any, Any]


@get("/editions/{edition_id:uuid}/call", operation_id="getCall", guards=[public], responses=problems(404))
async def get_call(request: Ask, edition_id: FromPath[UUID], db: NamedDependency[Database]) -> Response[CallView]:
    """When it is open, for whom, and its form. Before it is published, for who runs the edition alone."""
    async with statement(db) as tx:
        call = await call_as_seen(tx, reader=request.scope.get("user"), edition_id=edition_id)
    return tagged(call, call.version)


@post("/editions/{edition_id:uuid}/call", operation_id="announceCall", **DESK)
async def post_call(
    visit: NamedDependency[Visit], edition_id: FromPath[UUID], data: JSONBody[CallDetails]
) -> Response[CallView]:
    """Announce the call of an edition. Nobody sees it until it is published."""
    return await visit.create(announce_call, f"/api/editions/{edition_id}/call", edition_id=edition_id, details=data)


@put("/editions/{edition_id:uuid}/call", operation_id="changeCall", **DESK)
async def put_call(
    change: NamedDependency[Change], edition_id: FromPath[UUID], data: JSONBody[CallDetails]
) -> Response[CallView]:
    """All of it anew before it opens; while it is open only a later closing."""
    return await change(change_call, edition_id=edition_id, details=data)


@post("/editions/{edition_id:uuid}/call/publish", operation_id="publishCall", status_code=200, **DESK)
async def post_publish(change: NamedDependency[Change], edition_id: FromPath[UUID]) -> Response[CallView]:
    """From now on everybody may read it, and apply once it opens; then its form is frozen."""
    return await change(publish_call, edition_id=edition_id)


@post("/editions/{edition_id:uuid}/call/questions", operation_id="addQuestion", **DESK)
async def post_question(
    visit: NamedDependency[Visit], edition_id: FromPath[UUID], data: JSONBody[QuestionDetails]
) -> Response[CallView]:
    """Add a question at the end of the form; the call comes back, the new question its last."""
    return await visit.create(
        add_question,
        lambda call: f"/api/editions/{edition_id}/call/questions/{call.questions[-1].id}",
        edition_id=edition_id,
        details=data,
    )


@put("/editions/{edition_id:uuid}/call/questions/{question_id:uuid}", operation_id="changeQuestion", **DESK)
async def put_question(
    change: NamedDependency[Change],
    edition_id: FromPath[UUID],
    question_id: FromPath[UUID],
    data: JSONBody[QuestionDetails],
) -> Response[CallView]:
    """A question, all of it anew. The version is that of the call."""
    return await change(change_question, edition_id=edition_id, question_id=question_id, details=data)


@post(
    "/editions/{edition_id:uuid}/call/questions/{question_id:uuid}/move",
    operation_id="moveQuestion",
    status_code=200,
    **DESK,
)
async def post_move(
    change: NamedDependency[Change], edition_id: FromPath[UUID], question_id: FromPath[UUID], data: JSONBody[Move]
) -> Response[CallView]:
    """One place up or down in the form."""
    return await change(move_question, edition_id=edition_id, question_id=question_id, way=data.way)


@delete("/editions/{edition_id:uuid}/call/questions/{question_id:uuid}", operation_id="removeQuestion", **DESK)
async def delete_question(
    change: NamedDependency[Change], edition_id: FromPath[UUID], question_id: FromPath[UUID]
) -> None:
    """Out of the form, before the call opens."""
    await change.do(remove_question, edition_id=edition_id, question_id=question_id)


@get("/editions/{edition_id:uuid}/call/extensions", operation_id="listExtensions", **DESK_READ)
async def get_extensions(visit: NamedDependency[Visit], edition_id: FromPath[UUID]) -> list[ExtensionView]:
    """Who was given longer than the call, and why; the latest first."""
    async with statement(visit.db) as tx:
        return await extensions_of(tx, actor=visit.actor, edition_id=edition_id)


@post("/editions/{edition_id:uuid}/call/extensions", operation_id="extendFor", **DESK)
async def post_extension(
    visit: NamedDependency[Visit], edition_id: FromPath[UUID], data: JSONBody[NewExtension]
) -> Response[ExtensionView]:
    """Give one applicant longer than the call; they are written to."""
    return await visit.create(
        extend_for,
        f"/api/editions/{edition_id}/call/extensions",
        edition_id=edition_id,
        organisation_id=data.organisation_id,
        account_id=data.account_id,
        until=data.until,
        reason=data.reason,
    )


handlers: list[ControllerRouterHandler] = [
    get_call,
    post_call,
    put_call,
    post_publish,
    post_question,
    put_question,
    post_move,
    delete_question,
    get_extensions,
    post_extension,
]
