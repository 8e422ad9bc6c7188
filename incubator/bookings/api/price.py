"""What a booking costs, and what of it is paid."""

from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.bookings.api.shapes import NewTime
from incubator.bookings.cost import cost_of
from incubator.bookings.going_back import GoingBack, going_back
from incubator.bookings.price_of_move import MovePrice, price_of_move
from incubator.bookings.queries import booking_for
from incubator.db.engine import statement
from incubator.payments.views import ChargeView
from incubator.people.guards import scope, signed_in
from incubator.people.visit import Visit
from incubator.pricing.views import Quote
from incubator.web.periods import period_of
from incubator.web.problems import problems


class BookingPrice(msgspec.Struct, kw_only=True, frozen=True):
    """`quote` is what was kept when it was asked for, or while it is held what it would be; none where nothing is
    charged. `charges` are what was owed by it, one for each time that the price became another, for
    those whose money it is: who booked it, owners of the organisation, the desk. `cancelling` is what goes back to its
    holder who calls it off now; none where it is not paid for, or over. Grosz."""

    quote: Quote | None
    charges: list[ChargeView]
    cancelling: GoingBack | None


@get(
    "/bookings/{booking_id:uuid}/price",
    operation_id="getBookingPrice",
    guards=[signed_in, scope("bookings:read")],
    responses=problems(401, 403, 404),
)
async def get_price(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> BookingPrice:
    """The price of a booking, line by line, and what of it is owed."""
    async with statement(visit.db) as tx:
        booking = await booking_for(tx, actor=visit.actor, booking_id=booking_id)
        cost = await cost_of(tx, actor=visit.actor, booking=booking)
        goes = await going_back(tx, booking_id=booking_id, now=visit.now)
    return BookingPrice(quote=cost.quote if cost else None, charges=list(cost.charges) if cost else [], cancelling=goes)


@post(
    "/bookings/{booking_id:uuid}/reschedule/preview",
    operation_id="previewReschedule",
    guards=[signed_in, scope("bookings:write")],
    responses=problems(401, 403, 404, 422),
    status_code=200,
)
async def preview_reschedule(
    visit: NamedDependency[Visit], booking_id: FromPath[UUID], data: JSONBody[NewTime]
) -> MovePrice:
    """What the booking would cost at another time or in another space, beside what it costs. Nothing is moved, and
    whether it could be is not asked."""
    period = period_of(data.start, data.end)
    async with statement(visit.db) as tx:
        booking = await booking_for(tx, actor=visit.actor, booking_id=booking_id)
        return await price_of_move(
            tx, actor=visit.actor, booking=booking, period=period, space_id=data.space_id, now=visit.now
        )


handlers: list[ControllerRouterHandler] = [get_price, preview_reschedule]
