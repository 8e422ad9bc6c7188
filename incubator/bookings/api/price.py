"""What a booking costs, and what of it is paid."""

from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.bookings.cost import cost_of
from incubator.bookings.going_back import GoingBack, going_back
from incubator.bookings.queries import booking_for
from incubator.db.engine import statement
from incubator.payments.views import ChargeView
from incubator.people.guards import scope, signed_in
from incubator.people.visit import Visit
from incubator.pricing.views import Quote
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


handlers: list[ControllerRouterHandler] = [get_price]
