"""The desk: the gminas that one coordinates; and for the administrator, a new one in the bundle."""

from datetime import datetime
from typing import Any, Literal

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, statement
from incubator.kernel.errors import N_, Refusal
from incubator.people.actor import Actor
from incubator.people.forms import Ask, Asked, Deed, Typed, carried_out, problem_of, typed_in
from incubator.people.guards import administrator, coordinator
from incubator.places.add_gmina import add_gmina
from incubator.places.catalogue import gminas
from incubator.places.details import GminaDetails, Latitude, Longitude, Terc
from incubator.places.pages.labels import labels_in
from incubator.places.slugs import slug_of
from incubator.web.bodies import Body, Line, OptionalLine
from incubator.web.i18n import texts_of
from incubator.web.pages import page

ADDRESS = "/desk/incubators"


class NewGminaForm(Body, frozen=True):
    """Facts of a gmina that stay; what it says of itself is on a page of its own."""

    terc: Terc
    name: Line
    kind: Literal["urban", "rural", "urban-rural"]
    county: OptionalLine = ""
    latitude: Latitude | None = None
    longitude: Longitude | None = None


@get(ADDRESS, guards=[coordinator])
async def show_own(request: Ask, db: NamedDependency[Database], actor: NamedDependency[Actor]) -> Response[str]:
    """The gminas that one coordinates, with their incubators."""
    return await _show(request, db, actor)


@post(ADDRESS, guards=[administrator], status_code=303)
async def take_in(
    request: Ask, db: NamedDependency[Database], actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[Any]:
    typed = await typed_in(request)

    async def ask(tx: Tx) -> Asked:
        return Asked(tx=tx, actor=actor, place=None, typed=typed, now=now)

    async def again(typed: Typed, refusal: Refusal) -> Response[str]:
        return await _show(request, db, actor, typed, refusal)

    return await carried_out(request, db, DEEDS, typed=typed, ask=ask, back=ADDRESS, again=again)


async def _show(
    request: Ask, db: Database, actor: Actor, typed: Typed | None = None, refusal: Refusal | None = None
) -> Response[str]:
    async with statement(db) as tx:
        found = await gminas(tx)
    own = [gmina for gmina in found if actor.is_administrator or gmina.id in actor.coordinates]
    labels = labels_in(texts_of(request))
    problem, status = problem_of(request, refusal, labels)
    return page(
        request,
        "places/desk_places.html",
        status=status,
        gminas=own,
        labels=labels,
        typed=typed,
        problem=problem,
        stale=False,  # what is added was seen by nobody before
    )


async def _add_gmina(asked: Asked) -> None:
    form = asked.typed.shaped(NewGminaForm)
    await add_gmina(
        asked.tx,
        actor=asked.actor,
        terc=form.terc,
        slug=slug_of(form.name, otherwise="gmina"),
        name=form.name,
        kind=form.kind,
        county=form.county,
        population=0,
        latitude=form.latitude,
        longitude=form.longitude,
        details=GminaDetails(),
        now=asked.now,
    )


DEEDS: dict[str, Deed] = {
    "gmina": Deed(_add_gmina, N_("The gmina is in the bundle. Give somebody the role of its coordinator."))
}

handlers: list[ControllerRouterHandler] = [show_own, take_in]
