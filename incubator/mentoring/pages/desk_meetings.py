"""The coordinator's meetings: what is coming, which records are open, and who has used how much."""

from litestar import Response, get
from litestar.di import NamedDependency

from incubator.db.engine import statement
from incubator.mentoring.budgets_used import budgets_used
from incubator.mentoring.queries import meetings_at_desk
from incubator.people.guards import coordinator
from incubator.people.visit import Visit
from incubator.web.pages import page


@get("/desk/meetings", guards=[coordinator])
async def show_desk_meetings(visit: NamedDependency[Visit]) -> Response[str]:
    actor, now = visit.actor, visit.now
    async with statement(visit.db) as tx:
        coming = await meetings_at_desk(tx, actor=actor, open_records=False, now=now)
        waiting = await meetings_at_desk(tx, actor=actor, open_records=True, now=now)
        used = await budgets_used(tx, actor=actor, now=now)
    return page(visit.request, "mentoring/desk_meetings.html", coming=coming, waiting=waiting, used=used, now=now)


handlers = [show_desk_meetings]
