"""The desk: an incubator with its details, status, spaces and zones; its hours; its quotas."""

from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.people.guards import coordinator, must_coordinate
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.places.catalogue import incubator_by_slug, quotas_of
from incubator.places.catalogue_spaces import Wish, shelf
from incubator.places.pages.clocks import rows_of
from incubator.places.pages.deeds_incubator import HOURS, INCUBATOR, QUOTAS
from incubator.places.pages.labels import labels_in
from incubator.places.states import ALLOWED, Status
from incubator.places.views import IncubatorView


async def _incubator(tx: Tx, visit: Visit) -> IncubatorView:
    """For its coordinator. Raises NoSuchIncubator, NotYours."""
    incubator = await incubator_by_slug(tx, slug=visit.slug, now=visit.now)
    must_coordinate(visit.actor, incubator.gmina_id)
    return incubator


async def _shown(tx: Tx, _visit: Visit, incubator: IncubatorView) -> Shown:
    spaces = await shelf(tx, wish=Wish(incubator=incubator.slug))
    onward = sorted(ALLOWED[Status(incubator.status)])
    return Shown("places/desk_incubator.html", incubator=incubator, spaces=spaces, onward=onward)


async def _hours(tx: Tx, visit: Visit, incubator: IncubatorView) -> Shown:
    spaces = await shelf(tx, wish=Wish(incubator=incubator.slug))
    week = rows_of(incubator.hours, visit.again("week"))
    return Shown("places/desk_hours.html", incubator=incubator, spaces=spaces, week=week)


async def _quotas(tx: Tx, _visit: Visit, incubator: IncubatorView) -> Shown:
    quotas = await quotas_of(tx, incubator_id=incubator.id)
    return Shown("places/desk_quotas.html", incubator=incubator, quotas=quotas)


handlers: list[ControllerRouterHandler] = [
    handler
    for name, below, shows, deeds in (
        ("incubator_desk", "", _shown, INCUBATOR),
        ("hours", "/hours", _hours, HOURS),
        ("quotas", "/quotas", _quotas, QUOTAS),
    )
    for handler in Screen(
        name=name,
        path=f"/desk/incubators/{{slug:str}}{below}",
        guard=coordinator,
        about=_incubator,
        shows=shows,
        deeds=deeds,
        labels=labels_in,
    ).handlers
]
