"""The week of an incubator at the desk: every space, every booking, every gap."""

from datetime import date, datetime, timedelta

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from incubator.bookings.blocks import blocks_in
from incubator.bookings.pages.rows import things_of, times_of
from incubator.bookings.pages.timetable import Line, Standing, timetable
from incubator.bookings.pages.wishes import MOMENT, read_day
from incubator.bookings.queries import bookings_in
from incubator.db.engine import Tx, statement
from incubator.kernel.period import WARSAW, local_days, monday_of
from incubator.people.actor import Actor
from incubator.people.guards import coordinator, must_coordinate
from incubator.people.visit import Visit
from incubator.places.catalogue import incubator_by_slug
from incubator.places.catalogue_spaces import Wish, shelf
from incubator.places.views import IncubatorView
from incubator.web.pages import page


@get("/desk/incubators/{slug:str}/week", guards=[coordinator])
async def show_week(visit: NamedDependency[Visit], slug: FromPath[str]) -> Response[str]:
    """The week around `?date=`."""
    now = visit.now
    chosen = read_day(visit.request.query_params.get("date"), now=now)
    days = tuple(monday_of(chosen) + timedelta(days=n) for n in range(7))
    async with statement(visit.db) as tx:
        incubator, lines = await _read(tx, slug, days, visit.actor, now)
    return page(
        visit.request,
        "bookings/desk_week.html",
        incubator=incubator,
        lines=lines,
        days=days,
        chosen=chosen,
        today=now.astimezone(WARSAW).date(),
        before=chosen - timedelta(days=7),
        after=chosen + timedelta(days=7),
        moment=MOMENT,
    )


async def _read(
    tx: Tx, slug: str, days: tuple[date, ...], actor: Actor, now: datetime
) -> tuple[IncubatorView, list[Line]]:
    """Raises NoSuchIncubator, NotYours."""
    span = local_days(days[0], 7)
    incubator = await incubator_by_slug(tx, slug=slug, now=min(now, span.start))
    must_coordinate(actor, incubator.gmina_id)
    spaces = await shelf(tx, wish=Wish(incubator=slug))
    # A joined room has no row of its own: what stands in it is shown on each of its parts.
    things = things_of(incubator, [space for space in spaces if not space.parts])
    standing = Standing(
        bookings=await bookings_in(tx, actor=actor, incubator_id=incubator.id, span=span),
        blocks=await blocks_in(tx, actor=actor, incubator_id=incubator.id, span=span),
        closures=incubator.closures,
        parts={space.id: space.parts for space in spaces if space.parts},
        times=await times_of(tx, things, span=span, now=now),
    )
    return incubator, timetable(things, standing, days=days, now=now)


handlers = [show_week]
