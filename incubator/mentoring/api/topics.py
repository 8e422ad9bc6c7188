"""The topics that mentors can be asked about."""

from litestar import Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, statement
from incubator.mentoring.add_topic import add_topic
from incubator.mentoring.api.mentor_shapes import OFFICE, OPEN, Topics
from incubator.mentoring.details import NewTopic, TopicNames
from incubator.mentoring.mentor_views import TopicView
from incubator.mentoring.rename_topic import rename_topic
from incubator.mentoring.retire_topic import retire_topic
from incubator.mentoring.topics import topics
from incubator.people.change import Change
from incubator.people.visit import Visit


@get("/topics", operation_id="listTopics", **OPEN)
async def list_topics(db: NamedDependency[Database]) -> Topics:
    """What one can ask a mentor about."""
    async with statement(db) as tx:
        return Topics(items=await topics(tx))


@post("/topics", operation_id="addTopic", **OFFICE)
async def post_topic(visit: NamedDependency[Visit], data: JSONBody[NewTopic]) -> Response[TopicView]:
    """Add a topic to the list of the metropolis."""
    return await visit.create(add_topic, "/api/topics", topic=data)


@put("/topics/{slug:str}", operation_id="renameTopic", **OFFICE)
async def put_topic(
    change: NamedDependency[Change], slug: FromPath[str], data: JSONBody[TopicNames]
) -> Response[TopicView]:
    """Call a topic by other names, or move it in the list; its `version` is the ETag."""
    return await change(rename_topic, slug=slug, names=data)


@delete("/topics/{slug:str}", operation_id="retireTopic", **OFFICE)
async def delete_topic(change: NamedDependency[Change], slug: FromPath[str]) -> None:
    """Take a topic out of the list; meetings about it keep it."""
    await change.do(retire_topic, slug=slug)


handlers: list[ControllerRouterHandler] = [list_topics, post_topic, put_topic, delete_topic]
