"""A space's calendars kept elsewhere, for its coordinator: of a room that another system lets too."""

from incubator.db.engine import Tx
from incubator.outside.pages.of_one import OfOne
from incubator.people.guards import coordinator, must_coordinate
from incubator.people.visit import Visit
from incubator.places.catalogue_spaces import space_by_id
from incubator.places.views import SpaceView


async def _space(tx: Tx, visit: Visit) -> SpaceView:
    """Raises NoSuchSpace, NotYours."""
    space = await space_by_id(tx, space_id=visit.key("space_id"))
    must_coordinate(visit.actor, space.gmina_id)
    return space


handlers = OfOne(
    name="space_calendars",
    path="/desk/spaces/{space_id:uuid}/calendars",
    guard=coordinator,
    about=_space,
    whose="space_id",
    key=lambda space: space.id,
    template="outside/of_space.html",
    value=lambda space: space,
).handlers
