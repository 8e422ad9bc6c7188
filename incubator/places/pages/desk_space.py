"""The desk: a space with what is said of it, its rules, its own hours and its photos."""

from dataclasses import replace

from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.people.guards import coordinator, must_coordinate
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.places.catalogue import exceptions_of, hours_of, quotas_of
from incubator.places.catalogue_spaces import Wish, shelf, space_by_id
from incubator.places.pages.clocks import rows_of
from incubator.places.pages.deeds_space import PHOTOS, RETIRE, SPACE
from incubator.places.pages.labels import labels_in
from incubator.places.views import SpaceView


async def _space(tx: Tx, visit: Visit) -> SpaceView:
    """For its coordinator. Raises NoSuchSpace, NotYours."""
    space = await space_by_id(tx, space_id=visit.key("space_id"))
    must_coordinate(visit.actor, space.gmina_id)
    return space


async def _shown(tx: Tx, visit: Visit, space: SpaceView) -> Shown:
    hours = await hours_of(tx, place_id=space.id)
    siblings = await shelf(tx, wish=Wish(incubator=space.incubator_slug, kind="room"))
    return Shown(
        "places/desk_space.html",
        space=space,
        hours=hours,
        exceptions=await exceptions_of(tx, place_id=space.id, since=visit.now.date()),
        quotas=await quotas_of(tx, incubator_id=space.incubator_id),
        rooms=[one for one in siblings if not one.parts and one.id != space.id],
        week=rows_of(hours, visit.again("week")),
    )


ADDRESS = "/desk/spaces/{space_id:uuid}"
SCREEN = Screen(
    name="space_desk",
    path=ADDRESS,
    guard=coordinator,
    about=_space,
    shows=_shown,
    deeds=SPACE,
    labels=labels_in,
)

handlers: list[ControllerRouterHandler] = [
    *SCREEN.handlers,
    replace(SCREEN, name="space_retired", path=f"{ADDRESS}/retire", deeds=RETIRE).changing(),
    replace(SCREEN, name="space_photos", path=f"{ADDRESS}/photos", deeds=PHOTOS).changing(),
]
