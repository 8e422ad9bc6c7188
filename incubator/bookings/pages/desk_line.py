"""Who waits for a taken time of an incubator, as its coordinator sees them."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from incubator.bookings.waitlist import wishes_in
from incubator.db.engine import Database, statement
from incubator.people.actor import Actor
from incubator.people.guards import coordinator, must_coordinate
from incubator.places.catalogue import incubator_by_slug
from incubator.web.pages import page


@get("/desk/incubators/{slug:str}/line", guards=[coordinator])
async def show_line(
    request: Request[Any, Any, Any],
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
    actor: NamedDependency[Actor],
    slug: FromPath[str],
) -> Response[str]:
    """The wishes by the time that is wished for, and for one time in the order of the line."""
    async with statement(db) as tx:
        incubator = await incubator_by_slug(tx, slug=slug, now=now)
        must_coordinate(actor, incubator.gmina_id)
        wishes = await wishes_in(tx, actor=actor, incubator_id=incubator.id, now=now)
    wishes.sort(key=lambda wish: wish.period.start)
    return page(request, "bookings/desk_line.html", incubator=incubator, wishes=wishes)


handlers = [show_line]
