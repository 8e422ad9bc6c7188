"""Closures: who may read them, and taking them back. Making one asks about the bookings under it, so
it is an act of bookings."""

from datetime import datetime
from uuid import UUID

from litestar import delete, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, statement
from incubator.people.guards import public
from incubator.people.visit import Visit
from incubator.places.api.shapes import DESK, Closures
from incubator.places.catalogue import closures_in
from incubator.places.reopen import reopen
from incubator.web.problems import problems


@get("/gminas/{slug:str}/closures", operation_id="listClosures", guards=[public], responses=problems(404, 422))
async def list_closures(slug: FromPath[str], db: NamedDependency[Database], now: NamedDependency[datetime]) -> Closures:
    """Closures in a gmina that are not over: of its spaces, its incubators, or all of it."""
    async with statement(db) as tx:
        return Closures(items=await closures_in(tx, slug=slug, now=now))


@delete("/closures/{closure_id:uuid}", operation_id="reopen", **DESK)
async def delete_closure(visit: NamedDependency[Visit], closure_id: FromPath[UUID]) -> None:
    """Take a closure back: what was closed can be booked again."""
    await visit.do(reopen, closure_id=closure_id)


handlers: list[ControllerRouterHandler] = [list_closures, delete_closure]
