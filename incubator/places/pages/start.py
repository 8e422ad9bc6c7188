"""The first page: the gminas of the metropolis and their incubators, as a list and a map."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, statement
from incubator.kernel.alphabet import alphabetical
from incubator.people.guards import public
from incubator.places.beside import beside
from incubator.places.catalogue import gminas
from incubator.places.chart import Place, chart
from incubator.places.views import GminaView
from incubator.web.pages import page


@get("/", guards=[public])
async def show_start(
    request: Request[Any, Any, Any], db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Response[str]:
    async with statement(db) as tx:
        found = await gminas(tx)
        others = await beside(tx, now=now)
    ordered = sorted(found, key=lambda gmina: alphabetical(gmina.name))
    return page(request, "places/start.html", gminas=ordered, chart=chart(_places(ordered)), beside=others)


def _places(gminas: list[GminaView]) -> list[Place]:
    return [
        Place(
            slug=gmina.slug,
            name=gmina.name,
            latitude=gmina.latitude,
            longitude=gmina.longitude,
            status=_most_open(gmina),
        )
        for gmina in gminas
        if gmina.latitude is not None and gmina.longitude is not None
    ]


def _most_open(gmina: GminaView) -> str:
    there = {incubator.status for incubator in gmina.incubators}
    return next((status for status in ("open", "planned", "closed") if status in there), "")


handlers: list[ControllerRouterHandler] = [show_start]
