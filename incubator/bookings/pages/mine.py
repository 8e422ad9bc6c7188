"""My bookings: what is coming, what I wait for, what is over."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.di import NamedDependency

from incubator.bookings.pages.wishes import MOMENT, read_moment
from incubator.bookings.queries import bookings_of
from incubator.bookings.series_lines import lines_of
from incubator.bookings.waitlist import wishes_of
from incubator.db.engine import statement
from incubator.people.guards import signed_in
from incubator.people.visit import Visit
from incubator.web.pages import page

Asked = Request[Any, Any, Any]
SHOWN = 50


@get("/bookings", guards=[signed_in])
async def show_mine(visit: NamedDependency[Visit]) -> Response[str]:
    """Coming bookings, soonest first, a series at its next date; and the waiting list. `?after=`
    turns the page."""
    actor, now = visit.actor, visit.now
    async with statement(visit.db) as tx:
        coming = await bookings_of(
            tx, actor=actor, now=now, after=_after(visit.request), limit=SHOWN + 1, next_of_series=True
        )
        repeated = {one.series_id for one in coming[:SHOWN] if one.series_id is not None}
        lines = await lines_of(tx, actor=actor, series_ids=repeated, now=now)
        wishes = await wishes_of(tx, actor=actor, now=now)
    return page(
        visit.request,
        "bookings/mine.html",
        bookings=coming[:SHOWN],
        lines=lines,
        more=_more(coming),
        wishes=wishes,
        now=now,
    )


@get("/bookings/past", guards=[signed_in])
async def show_past(visit: NamedDependency[Visit]) -> Response[str]:
    """What is over or was called off, latest first."""
    async with statement(visit.db) as tx:
        past = await bookings_of(
            tx, actor=visit.actor, when="past", now=visit.now, after=_after(visit.request), limit=SHOWN + 1
        )
    return page(visit.request, "bookings/past.html", bookings=past[:SHOWN], lines={}, more=_more(past), now=visit.now)


def _after(request: Asked) -> tuple[datetime, UUID] | None:
    """Start and id of the last booking of the page before; the first page where it is unreadable."""
    start, _, key = request.query_params.get("after", "").partition("_")
    moment = read_moment(start)
    try:
        return (moment, UUID(key)) if moment else None
    except ValueError:
        return None


def _more(found: list[Any]) -> str:
    """Where the next page starts; empty where there is none."""
    if len(found) <= SHOWN:
        return ""
    last = found[SHOWN - 1]
    return f"{last.period.start.strftime(MOMENT)}_{last.id}"


handlers = [show_mine, show_past]
