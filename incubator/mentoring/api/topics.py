"""The topics that mentors can be asked about."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, attempt, statement
from incubator.mentoring.add_topic import add_topic
from incubator.mentoring.api.mentor_shapes import OFFICE, OPEN, Topics
from incubator.mentoring.details import NewTopic, TopicNames
from incubator.mentoring.mentor_views import TopicView
from incubator.mentoring.rename_topic import rename_topic
from incubator.mentoring.retire_topic import retire_topic
from incubator.mentoring.topics import topics
from incubator.people.actor import Actor
from incubator.web.etags import IfMatch, seen_version, tagged
from incubator.web.idempotency import Made, created


@get("/topics", operation_id="listTopics", **OPEN)
async def list_topics(db: NamedDependency[Database]) -> Topics:
    """What one can ask a mentor about."""
    async with statement(db) as tx:
        return Topics(items=await topics(tx))


@post("/topics", operation_id="addTopic", **OFFICE)
async def post_topic(
    request: Request[Any, Any, Any],
    data: JSONBody[NewTopic],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[TopicView]:
    """Add a topic to the list of the metropolis."""

    async def make(tx: Tx) -> Made:
        return await add_topic(tx, actor=actor, topic=data, now=now), "/api/topics"

    return await created(request, db, actor.account_id, make)


@put("/topics/{slug:str}", operation_id="renameTopic", **OFFICE)
async def put_topic(
    slug: FromPath[str],
    data: JSONBody[TopicNames],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[TopicView]:
    """Call a topic by other names, or move it in the list; its `version` is the ETag."""
    seen = seen_version(if_match)
    view = await attempt(db, lambda tx: rename_topic(tx, actor=actor, slug=slug, names=data, seen=seen, now=now))
    return tagged(view, view.version)


@delete("/topics/{slug:str}", operation_id="retireTopic", **OFFICE)
async def delete_topic(
    slug: FromPath[str],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> None:
    """Take a topic out of the list; meetings about it keep it."""
    seen = seen_version(if_match)
    await attempt(db, lambda tx: retire_topic(tx, actor=actor, slug=slug, seen=seen, now=now))


handlers: list[ControllerRouterHandler] = [list_topics, post_topic, put_topic, delete_topic]
