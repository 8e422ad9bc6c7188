"""The JSON edge of reporting: the figures that the office's page shows."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
from incubator.kernel.period import WARSAW
from incubator.people.guards import office_or_coordinator, scope
from incubator.people.visit import Visit
from incubator.reporting.asking import First, Last
from incubator.reporting.queries import use_of_all
from incubator.reporting.rules import days_asked
from incubator.reporting.shapes import UseReport, report_json
from incubator.web.problems import problems


@get(
    "/use",
    operation_id="getUse",
    guards=[office_or_coordinator, scope("bookings:read")],
    responses=problems(401, 403, 422),
)
async def get_use(visit: NamedDependency[Visit], first: First = None, last: Last = None) -> Response[UseReport]:
    """How the places were used, by gmina, incubator and space. The metropolis office sees every
    gmina, a coordinator their own. Counts of fewer than five people or organisations are told to
    the gmina's coordinator alone."""
    days = days_asked(first, last, today=visit.now.astimezone(WARSAW).date())
    async with statement(visit.db) as tx:
        report = await use_of_all(tx, actor=visit.actor, days=days)
    return Response(report_json(report), headers={"Cache-Control": "no-store"})


handlers: list[ControllerRouterHandler] = [get_use]
