"""Any free desk of a zone."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, post
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.bookings.any_desk import any_desk
from incubator.bookings.api.shapes import Booking, booking_json
from incubator.bookings.api.suggesting import suggesting
from incubator.db.engine import Tx
from incubator.people.guards import asking, scope, signed_in
from incubator.web.bodies import Body, Moment, OptionalLine, Paragraphs
from incubator.web.i18n import locale_of
from incubator.web.idempotency import Made, created
from incubator.web.periods import period_of
from incubator.web.problems import problems


class NewDeskBooking(Body, frozen=True):
    """A time at a desk, whichever is free. With `outright` it is booked in one step, else held until
    it is confirmed."""

    start: Moment
    end: Moment
    organisation_id: UUID | None = None
    title: OptionalLine = ""
    note: Paragraphs = ""
    outright: bool = False


@post(
    "/zones/{zone_id:uuid}/bookings",
    operation_id="bookAnyDesk",
    guards=[signed_in, scope("bookings:write")],
    responses=problems(401, 403, 404, 409, 422),
)
async def book_any_desk(
    request: Request[Any, Any, Any], zone_id: FromPath[UUID], data: JSONBody[NewDeskBooking]
) -> Response[Booking]:
    """Hold any free desk of the zone, or book it outright; the answer says which one it is. 409
    `no_free_desk` brings free times nearby."""
    db, actor, now = request.app.state.db, asking(request), request.app.state.clock()
    period = period_of(data.start, data.end)
    locale = locale_of(request, otherwise="en")

    async def make(tx: Tx) -> Made:
        booking = await any_desk(
            tx,
            actor=actor,
            zone_id=zone_id,
            period=period,
            organisation_id=data.organisation_id,
            title=data.title,
            note=data.note,
            outright=data.outright,
            now=now,
        )
        return booking_json(booking, locale), f"/api/bookings/{booking.id}"

    async with suggesting(db, now=now):
        return await created(request, db, actor.account_id, make, one_statement=True)


handlers: list[ControllerRouterHandler] = [book_any_desk]
