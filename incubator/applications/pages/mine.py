"""My applications, and their files."""

from datetime import datetime
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.applications.files import content_for
from incubator.applications.queries import applications_of
from incubator.applications.serving import served
from incubator.applications.states import RUNNING, State
from incubator.db.engine import Database, statement
from incubator.people.actor import Actor
from incubator.people.forms import Ask
from incubator.people.guards import signed_in
from incubator.web.pages import page


@get("/applications", guards=[signed_in])
async def show_mine(
    request: Ask, db: NamedDependency[Database], actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[str]:
    async with statement(db) as tx:
        found = await applications_of(tx, actor=actor)
    going = [one for one in found if one.state in RUNNING | {State.DRAFT}]
    rest = [one for one in found if one not in going and (one.handed_in or one.state != State.WITHDRAWN)]
    return page(request, "applications/mine.html", going=going, rest=rest, now=now)


@get("/applications/{application_id:uuid}/files/{file_id:uuid}", guards=[signed_in])
async def fetch_file(
    application_id: FromPath[UUID],
    file_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
) -> Response[bytes]:
    async with statement(db) as tx:
        return served(await content_for(tx, actor=actor, application_id=application_id, file_id=file_id))


handlers: list[ControllerRouterHandler] = [show_mine, fetch_file]
