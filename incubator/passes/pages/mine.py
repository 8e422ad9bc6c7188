"""One's own passes: what is left, until when, what used it."""

from datetime import datetime

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx, statement
from incubator.passes.pages.labels import labels_in
from incubator.passes.pages.one import DEEDS, shown
from incubator.passes.queries import PAGE, own_passes, pass_for
from incubator.passes.views import PassView
from incubator.people.guards import signed_in
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.web.bodies import Body, OptionalLine, read_query
from incubator.web.cursors import read_cursor, write_cursor
from incubator.web.pages import page


class Asks(Body, frozen=True):
    after: OptionalLine = ""


@get("/passes", guards=[signed_in])
async def show_passes(visit: NamedDependency[Visit]) -> Response[str]:
    after = read_cursor(read_query(visit.request, Asks).after or None, datetime)
    async with statement(visit.db) as tx:
        found = await own_passes(tx, actor=visit.actor, after=after, limit=PAGE + 1)
    last = found[PAGE - 1] if len(found) > PAGE else None
    onward = write_cursor(last.created_at, last.id) if last else ""
    return page(visit.request, "passes/mine.html", found=found[:PAGE], next=onward)


async def _pass(tx: Tx, visit: Visit) -> PassView:
    """Raises NoSuchPassBought."""
    return await pass_for(tx, actor=visit.actor, pass_id=visit.key("pass_id"))


async def _shown(tx: Tx, visit: Visit, bought: PassView) -> Shown:
    return await shown(tx, visit, bought, desk=False)


handlers: list[ControllerRouterHandler] = [
    show_passes,
    *Screen(
        name="pass",
        path="/passes/{pass_id:uuid}",
        guard=signed_in,
        about=_pass,
        shows=_shown,
        deeds=DEEDS,
        labels=labels_in,
    ).handlers,
]
