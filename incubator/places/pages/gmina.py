"""A gmina's page: its brand, its specialisations, its incubators."""

from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, statement
from incubator.people.guards import public
from incubator.places.catalogue import gmina_by_slug
from incubator.places.catalogue_spaces import Wish, shelf
from incubator.web.pages import page


@get("/gminas/{slug:str}", guards=[public])
async def show_gmina(
    request: Request[Any, Any, Any], slug: FromPath[str], db: NamedDependency[Database]
) -> Response[str]:
    async with statement(db) as tx:
        gmina = await gmina_by_slug(tx, slug=slug)
        spaces = await shelf(tx, wish=Wish(gmina=slug))
    return page(request, "places/gmina.html", gmina=gmina, spaces=spaces)


handlers: list[ControllerRouterHandler] = [show_gmina]
