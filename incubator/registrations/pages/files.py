"""Files that were given out at a session, for who was registered."""

from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.applications.files import NoSuchFile
from incubator.db.engine import Database, Tx, statement
from incubator.exchanges.materials import content_of
from incubator.people.guards import public, signed_in
from incubator.people.visit import Visit
from incubator.registrations.queries import registration_by_link, registration_for
from incubator.registrations.states import State
from incubator.registrations.views import RegistrationView
from incubator.web.pdf import download

Data = NamedDependency[Database]


@get("/registrations/{registration_id:uuid}/files/{material_id:uuid}", guards=[signed_in])
async def show_own_file(
    registration_id: FromPath[UUID], material_id: FromPath[UUID], visit: NamedDependency[Visit]
) -> Response[bytes]:
    async with statement(visit.db) as tx:
        found = await registration_for(tx, actor=visit.actor, registration_id=registration_id)
        return await _file(tx, found, material_id)


@get("/registrations/{registration_id:uuid}/by/{seal:str}/files/{material_id:uuid}", guards=[public])
async def show_file_by_link(
    registration_id: FromPath[UUID], seal: FromPath[str], material_id: FromPath[UUID], db: Data
) -> Response[bytes]:
    async with statement(db) as tx:
        found = await registration_by_link(tx, registration_id=registration_id, seal=seal)
        return await _file(tx, found, material_id)


async def _file(tx: Tx, found: RegistrationView, material_id: UUID) -> Response[bytes]:
    """Raises NoSuchFile, also where they are not registered."""
    if found.state != State.REGISTERED:
        raise NoSuchFile()
    content = await content_of(tx, session_id=found.session_id, material_id=material_id)
    return download(content.content, content.name, media_type=content.media_type)


handlers: list[ControllerRouterHandler] = [show_own_file, show_file_by_link]
