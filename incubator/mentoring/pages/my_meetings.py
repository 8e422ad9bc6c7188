"""My meetings: coming, to be recorded, past."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency

from incubator.db.engine import Database, statement
from incubator.mentoring.queries import meetings_of, to_record
from incubator.people.actor import Actor
from incubator.people.guards import signed_in
from incubator.web.pages import page

SHOWN = 50


@get("/meetings", guards=[signed_in])
async def show_meetings(
    request: Request[Any, Any, Any],
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
    actor: NamedDependency[Actor],
) -> Response[str]:
    """Coming ones, soonest first, and those whose record is open."""
    async with statement(db) as tx:
        coming = await meetings_of(tx, actor=actor, now=now, limit=SHOWN)
        waiting = await to_record(tx, actor=actor, now=now)
    return page(request, "mentoring/mine.html", meetings=coming, waiting=waiting, now=now)


@get("/meetings/past", guards=[signed_in])
async def show_past_meetings(
    request: Request[Any, Any, Any],
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
    actor: NamedDependency[Actor],
) -> Response[str]:
    """What is over or was called off, latest first; at most a hundred."""
    async with statement(db) as tx:
        past = await meetings_of(tx, actor=actor, when="past", now=now, limit=SHOWN * 2)
    return page(request, "mentoring/past.html", meetings=past, now=now)


handlers = [show_meetings, show_past_meetings]
