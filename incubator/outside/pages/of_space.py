"""A space's calendars kept elsewhere, for its coordinator: of a room that another system lets too."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx, statement
from incubator.outside.calendars import calendars_of
from incubator.outside.pages.deeds import DEEDS, added, read_now
from incubator.outside.pages.labels import labels_in
from incubator.outside.problems import PROBLEMS
from incubator.people.guards import coordinator, must_coordinate
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.places.catalogue_spaces import space_by_id
from incubator.places.views import SpaceView


async def _space(tx: Tx, visit: Visit) -> SpaceView:
    """Raises NoSuchSpace, NotYours."""
    space = await space_by_id(tx, space_id=visit.key("space_id"))
    must_coordinate(visit.actor, space.gmina_id)
    return space


async def _shown(tx: Tx, visit: Visit, space: SpaceView) -> Shown:
    calendars = await calendars_of(tx, actor=visit.actor, space_id=space.id, now=visit.now)
    return Shown("outside/of_space.html", space=space, calendars=calendars, problems=PROBLEMS, base=_at(visit))


def _at(visit: Visit) -> str:
    return f"/desk/spaces/{visit.key('space_id')}/calendars"


PATH = "/desk/spaces/{space_id:uuid}/calendars"
SCREEN = Screen(
    name="space_calendars",
    path=PATH,
    guard=coordinator,
    about=_space,
    shows=_shown,
    deeds=DEEDS,
    labels=labels_in,
)


@post(f"{PATH}/add", guards=[coordinator], status_code=303)
async def add_to_space(visit: NamedDependency[Visit], space_id: FromPath[UUID]) -> Response[Any]:
    async with statement(visit.db) as tx:  # whoever may not add one is not told of the outside either
        space = await _space(tx, visit)
    return await added(SCREEN, visit, _at(visit), space_id=space.id)


@post(f"{PATH}/read", guards=[coordinator], status_code=303)
async def read_of_space(visit: NamedDependency[Visit], space_id: FromPath[UUID]) -> Response[Any]:
    async with statement(visit.db) as tx:
        await _space(tx, visit)
    return await read_now(SCREEN, visit, _at(visit))


handlers: list[ControllerRouterHandler] = [*SCREEN.handlers, add_to_space, read_of_space]
