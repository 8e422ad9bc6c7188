"""My meetings: coming, to be recorded, past."""

from litestar import Response, get
from litestar.di import NamedDependency

from incubator.db.engine import statement
from incubator.mentoring.queries import meetings_of, to_record
from incubator.people.guards import signed_in
from incubator.people.visit import Visit
from incubator.web.pages import page

SHOWN = 50


@get("/meetings", guards=[signed_in])
async def show_meetings(visit: NamedDependency[Visit]) -> Response[str]:
    """Coming ones, soonest first, and those whose record is open."""
    now = visit.now
    async with statement(visit.db) as tx:
        coming = await meetings_of(tx, actor=visit.actor, now=now, limit=SHOWN)
        waiting = await to_record(tx, actor=visit.actor, now=now)
    return page(visit.request, "mentoring/mine.html", meetings=coming, waiting=waiting, now=now)


@get("/meetings/past", guards=[signed_in])
async def show_past_meetings(visit: NamedDependency[Visit]) -> Response[str]:
    """What is over or was called off, latest first; at most a hundred."""
    async with statement(visit.db) as tx:
        past = await meetings_of(tx, actor=visit.actor, when="past", now=visit.now, limit=SHOWN * 2)
    return page(visit.request, "mentoring/past.html", meetings=past, now=visit.now)


handlers = [show_meetings, show_past_meetings]
