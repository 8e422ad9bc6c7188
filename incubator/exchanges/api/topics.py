"""Ask for topics, support them, and say what becomes of them."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Request, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, statement
from incubator.exchanges.api.shapes import ASKS, DESK, OPEN, OWN, NewTopic, Planned, TopicRequests, reader_of
from incubator.exchanges.ask_topic import ask_topic
from incubator.exchanges.details_topics import Note, Official, Reason
from incubator.exchanges.move_topic import (
    answer_topic,
    assign_topic,
    decline_topic,
    follow_up,
    let_through,
    plan_topic,
)
from incubator.exchanges.support_topic import support_topic, withdraw_support
from incubator.exchanges.topics import Topics, topic_in_full, topics_asked
from incubator.exchanges.views_topics import TopicInFull, TopicView
from incubator.people.visit import Found, Visit
from incubator.places.reach import gmina_key
from incubator.web.cursors import Cursor, read_cursor, write_cursor

Ask = Request[Any, Any, Any]
Limit = Annotated[int, QueryParameter(ge=1, le=100)]
Word = Annotated[str, QueryParameter(max_length=80, pattern=r"^[^\x00]*$")]
States = Literal["", "new", "open", "planned", "assigned", "answered", "declined"]


@get("/topic-requests", operation_id="listTopicRequests", **OPEN)
async def list_topics(
    request: Ask,
    db: NamedDependency[Database],
    gmina: Word = "",
    topic_state: Annotated[States, QueryParameter(name="state")] = "",
    after: Cursor = None,
    limit: Limit = 50,
) -> TopicRequests:
    """Topics that people ask for, the latest first: those that were let through, and one's own."""
    wanted, seen = Topics(gmina=gmina, state=topic_state), read_cursor(after, datetime)
    async with statement(db) as tx:
        found = await topics_asked(tx, reader=reader_of(request), wanted=wanted, after=seen, limit=limit + 1)
    last = found[limit - 1] if len(found) > limit else None
    return TopicRequests(items=found[:limit], next=write_cursor(last.created_at, last.id) if last else None)


@get("/topic-requests/{topic_id:uuid}", operation_id="getTopicRequest", **OPEN)
async def get_topic(request: Ask, topic_id: FromPath[UUID], db: NamedDependency[Database]) -> TopicInFull:
    """A topic with its answer and what followed."""
    async with statement(db) as tx:
        return await topic_in_full(tx, reader=reader_of(request), topic_id=topic_id)


@post("/topic-requests", operation_id="askTopic", **ASKS)
async def post_topic(visit: NamedDependency[Visit], data: JSONBody[NewTopic]) -> Response[TopicView]:
    """Ask a gmina, or the metropolis, for a topic."""

    gmina = Found(gmina_key, data.gmina) if data.gmina is not None else None
    return await visit.create(
        ask_topic, lambda made: f"/api/topic-requests/{made.id}", gmina_id=gmina, details=data.details
    )


@put("/topic-requests/{topic_id:uuid}/support", operation_id="supportTopic", **OWN)
async def put_support(visit: NamedDependency[Visit], topic_id: FromPath[UUID]) -> TopicView:
    """Say that one would like it too."""
    return await visit.do(support_topic, topic_id=topic_id)


@delete("/topic-requests/{topic_id:uuid}/support", operation_id="withdrawTopicSupport", **OWN)
async def delete_support(visit: NamedDependency[Visit], topic_id: FromPath[UUID]) -> None:
    """Say that one no longer would."""
    await visit.do(withdraw_support, topic_id=topic_id)


@post("/topic-requests/{topic_id:uuid}/open", operation_id="letTopicThrough", status_code=200, **DESK)
async def post_open(visit: NamedDependency[Visit], topic_id: FromPath[UUID]) -> TopicInFull:
    """Let everybody see it."""
    return await visit.do(let_through, topic_id=topic_id)


@post("/topic-requests/{topic_id:uuid}/plan", operation_id="planTopic", status_code=200, **DESK)
async def post_plan(visit: NamedDependency[Visit], topic_id: FromPath[UUID], data: JSONBody[Planned]) -> TopicInFull:
    """It becomes a session of the gmina."""
    return await visit.do(plan_topic, topic_id=topic_id, session_id=data.session_id)


@post("/topic-requests/{topic_id:uuid}/assign", operation_id="assignTopic", status_code=200, **DESK)
async def post_assign(visit: NamedDependency[Visit], topic_id: FromPath[UUID], data: JSONBody[Official]) -> TopicInFull:
    """Name the official who answers by a day."""
    return await visit.do(assign_topic, topic_id=topic_id, official=data)


@post("/topic-requests/{topic_id:uuid}/answer", operation_id="answerTopic", status_code=200, **DESK)
async def post_answer(visit: NamedDependency[Visit], topic_id: FromPath[UUID], data: JSONBody[Note]) -> TopicInFull:
    """Publish the answer; who asked for it or supports it is written to."""
    return await visit.do(answer_topic, topic_id=topic_id, answer=data)


@post("/topic-requests/{topic_id:uuid}/follow-ups", operation_id="followUpTopic", status_code=200, **DESK)
async def post_follow_up(visit: NamedDependency[Visit], topic_id: FromPath[UUID], data: JSONBody[Note]) -> TopicInFull:
    """Publish what came of an answer."""
    return await visit.do(follow_up, topic_id=topic_id, what=data)


@post("/topic-requests/{topic_id:uuid}/decline", operation_id="declineTopic", status_code=200, **DESK)
async def post_decline(visit: NamedDependency[Visit], topic_id: FromPath[UUID], data: JSONBody[Reason]) -> TopicInFull:
    """Decline it with a reason; who asked for it is written to."""
    return await visit.do(decline_topic, topic_id=topic_id, reason=data.reason)


handlers: list[ControllerRouterHandler] = [
    list_topics,
    get_topic,
    post_topic,
    put_support,
    delete_support,
    post_open,
    post_plan,
    post_assign,
    post_answer,
    post_follow_up,
    post_decline,
]
