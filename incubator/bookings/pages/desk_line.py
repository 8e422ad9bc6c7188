"""Who waits for a taken time of an incubator, as its coordinator sees them."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from incubator.bookings.waitlist import wishes_in
from incubator.db.engine import statement
from incubator.people.guards import coordinator, must_coordinate
from incubator.people.visit import Visit
from incubator.places.catalogue import incubator_by_slug
from incubator.web.pages import page


@get("/desk/incubators/{slug:str}/line", guards=[coordinator])
async def show_line(visit: NamedDependency[Visit], slug: FromPath[str]) -> Response[str]:
    """The wishes by the time that is wished for, and for one time in the order of the line."""
    async with statement(visit.db) as tx:
        incubator = await incubator_by_slug(tx, slug=slug, now=visit.now)
        must_coordinate(visit.actor, incubator.gmina_id)
        wishes = await wishes_in(tx, actor=visit.actor, incubator_id=incubator.id, now=visit.now)
    wishes.sort(key=lambda wish: wish.period.start)
    return page(visit.request, "bookings/desk_line.html", incubator=incubator, wishes=wishes)


handlers = [show_line]
