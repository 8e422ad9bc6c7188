"""The coordinator's meetings: what is coming, which records are open, and who has used how much."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency

from incubator.db.engine import Database, statement
from incubator.mentoring.budgets_used import budgets_used
from incubator.mentoring.queries import meetings_at_desk
from incubator.people.actor import Actor
from incubator.people.guards import coordinator
from incubator.web.pages import page


@get("/desk/meetings", guards=[coordinator])
async def show_desk_meetings(
    request: Request[Any, Any, Any],
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
    actor: NamedDependency[Actor],
) -> Response[str]:
    async with statement(db) as tx:
        coming = await meetings_at_desk(tx, actor=actor, open_records=False, now=now)
        waiting = await meetings_at_desk(tx, actor=actor, open_records=True, now=now)
        used = await budgets_used(tx, actor=actor, now=now)
    return page(request, "mentoring/desk_meetings.html", coming=coming, waiting=waiting, used=used, now=now)


handlers = [show_desk_meetings]
