"""Making a closure asks about the bookings under it; the rest of closures is an act of places."""

from uuid import UUID

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.types import ControllerRouterHandler

from incubator.bookings.close_over import ClosedOver, close_over
from incubator.bookings.in_the_way import Answer
from incubator.people.guards import coordinator, scope
from incubator.people.visit import Visit
from incubator.web.bodies import Body, Line, Moment, OptionalLine
from incubator.web.periods import period_of
from incubator.web.problems import problems


class NewClosure(Body, frozen=True):
    """Of one space, one incubator, or one gmina. `bookings` says what becomes of those under it: `ask`
    refuses and names them, `keep` lets them stand, `cancel` cancels them and writes to who booked."""

    start: Moment
    end: Moment
    reason_pl: Line
    gmina_id: UUID | None = None
    incubator_id: UUID | None = None
    space_id: UUID | None = None
    reason_en: OptionalLine = ""
    bookings: Answer = "ask"


@post(
    "/closures",
    operation_id="close",
    guards=[coordinator, scope("places:write"), scope("bookings:write")],
    responses=problems(401, 403, 404, 409, 410, 422),
)
async def post_closure(visit: NamedDependency[Visit], data: JSONBody[NewClosure]) -> Response[ClosedOver]:
    """Close for a while. 409 `bookings_in_the_way` names the bookings to be decided on."""
    period = period_of(data.start, data.end)

    return await visit.create(
        close_over,
        lambda made: f"/api/closures/{made.closure.id}",
        gmina_id=data.gmina_id,
        incubator_id=data.incubator_id,
        space_id=data.space_id,
        period=period,
        reason_pl=data.reason_pl,
        reason_en=data.reason_en,
        bookings=data.bookings,
    )


handlers: list[ControllerRouterHandler] = [post_closure]
