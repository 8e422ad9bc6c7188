"""My applications, and their files."""

from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.applications.files import content_for
from incubator.applications.queries import applications_of
from incubator.applications.serving import served
from incubator.applications.states import RUNNING, State
from incubator.db.engine import statement
from incubator.people.guards import signed_in
from incubator.people.visit import Visit
from incubator.web.pages import page


@get("/applications", guards=[signed_in])
async def show_mine(visit: NamedDependency[Visit]) -> Response[str]:
    async with statement(visit.db) as tx:
        found = await applications_of(tx, actor=visit.actor)
    going = [one for one in found if one.state in RUNNING | {State.DRAFT}]
    rest = [one for one in found if one not in going and (one.handed_in or one.state != State.WITHDRAWN)]
    return page(visit.request, "applications/mine.html", going=going, rest=rest, now=visit.now)


@get("/applications/{application_id:uuid}/files/{file_id:uuid}", guards=[signed_in])
async def fetch_file(
    visit: NamedDependency[Visit], application_id: FromPath[UUID], file_id: FromPath[UUID]
) -> Response[bytes]:
    async with statement(visit.db) as tx:
        return served(await content_for(tx, actor=visit.actor, application_id=application_id, file_id=file_id))


handlers: list[ControllerRouterHandler] = [show_mine, fetch_file]
