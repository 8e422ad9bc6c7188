"""The desk: passes that a gmina sold."""

from datetime import datetime
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx, statement
from incubator.ledger.queries import books_for, books_of
from incubator.passes.pages.labels import labels_in
from incubator.passes.pages.one import DEEDS, shown
from incubator.passes.queries import PAGE, pass_at_desk, passes_at_desk, sold_by
from incubator.passes.views import PassView
from incubator.people.guards import NotYours, coordinator
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.web.bodies import Body, OptionalLine, read_query
from incubator.web.cursors import read_cursor, write_cursor
from incubator.web.pages import page


class Asks(Body, frozen=True):
    gmina: UUID | None = None
    after: OptionalLine = ""


@get("/desk/passes", guards=[coordinator])
async def show_passes_at_desk(visit: NamedDependency[Visit]) -> Response[str]:
    """Of the gmina that the address names, else of the first. Raises NotYours."""
    asks = read_query(visit.request, Asks)
    after = read_cursor(asks.after or None, datetime)
    async with statement(visit.db) as tx:
        every = await books_of(tx, actor=visit.actor)
        if not every:
            raise NotYours()
        gmina = await books_for(tx, actor=visit.actor, gmina_id=asks.gmina) if asks.gmina else every[0]
        found = await passes_at_desk(tx, gmina_id=gmina.id, after=after, limit=PAGE + 1)
        sellers = await sold_by(tx, gmina_id=gmina.id)
    last = found[PAGE - 1] if len(found) > PAGE else None
    onward = write_cursor(last.created_at, last.id) if last else ""
    return page(
        visit.request,
        "passes/desk.html",
        gmina=gmina,
        every=every,
        found=found[:PAGE],
        next=onward,
        sold_by=sellers,
    )


async def _pass(tx: Tx, visit: Visit) -> PassView:
    """Raises NoSuchPassBought."""
    return await pass_at_desk(tx, actor=visit.actor, pass_id=visit.key("pass_id"))


async def _shown(tx: Tx, visit: Visit, bought: PassView) -> Shown:
    return await shown(tx, visit, bought, desk=True)


handlers: list[ControllerRouterHandler] = [
    show_passes_at_desk,
    *Screen(
        name="pass_at_desk",
        path="/desk/passes/{pass_id:uuid}",
        guard=coordinator,
        about=_pass,
        shows=_shown,
        deeds=DEEDS,
        labels=labels_in,
    ).handlers,
]
