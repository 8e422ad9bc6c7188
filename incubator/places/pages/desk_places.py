"""The desk: the gminas that one coordinates; and for the administrator, a new one in the bundle."""

from typing import Literal

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, Deed
from incubator.people.guards import administrator, coordinator
from incubator.people.screen import Screen, Shown, nothing
from incubator.people.visit import Visit
from incubator.places.add_gmina import add_gmina
from incubator.places.catalogue import gminas
from incubator.places.details import GminaDetails, Latitude, Longitude, Terc
from incubator.places.pages.labels import labels_in
from incubator.places.slugs import slug_of
from incubator.web.bodies import Body, Line, OptionalLine


class NewGminaForm(Body, frozen=True):
    """Facts of a gmina that stay; what it says of itself is on a page of its own."""

    terc: Terc
    name: Line
    kind: Literal["urban", "rural", "urban-rural"]
    county: OptionalLine = ""
    latitude: Latitude | None = None
    longitude: Longitude | None = None


async def _shown(tx: Tx, visit: Visit, _nothing: None) -> Shown:
    """The gminas that one coordinates, with their incubators."""
    actor = visit.actor
    own = [gmina for gmina in await gminas(tx) if actor.is_administrator or gmina.id in actor.coordinates]
    return Shown("places/desk_places.html", gminas=own)


async def _add_gmina(asked: Asked) -> None:
    form = asked.typed.shaped(NewGminaForm)
    await asked.do(
        add_gmina,
        terc=form.terc,
        slug=slug_of(form.name, otherwise="gmina"),
        name=form.name,
        kind=form.kind,
        county=form.county,
        population=0,
        latitude=form.latitude,
        longitude=form.longitude,
        details=GminaDetails(),
    )


handlers = Screen(
    name="own_places",
    path="/desk/incubators",
    guard=coordinator,
    guard_of_forms=administrator,
    about=nothing,
    shows=_shown,
    deeds={"gmina": Deed(_add_gmina, N_("The gmina is in the bundle. Give somebody the role of its coordinator."))},
    labels=labels_in,
).handlers
