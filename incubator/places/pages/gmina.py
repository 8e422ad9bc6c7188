"""A gmina's page: its brand, its specialisations, its incubators."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, statement
from incubator.people.guards import public
from incubator.places.beside import sessions_next
from incubator.places.catalogue import gmina_by_slug
from incubator.places.catalogue_spaces import Wish, shelf
from incubator.web.pages import page


@get("/gminas/{slug:str}", guards=[public])
async def show_gmina(
    request: Request[Any, Any, Any],
    slug: FromPath[str],
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
) -> Response[str]:
    async with statement(db) as tx:
        gmina = await gmina_by_slug(tx, slug=slug)
        spaces = await shelf(tx, wish=Wish(gmina=slug))
        sessions = await sessions_next(tx, gmina=slug, now=now, most=4)
    return page(request, "places/gmina.html", gmina=gmina, spaces=spaces, sessions=sessions)


handlers: list[ControllerRouterHandler] = [show_gmina]
