"""Make, list and read bookings."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.bookings.api.paying import must_be_on
from incubator.bookings.api.shapes import Booking, Bookings, NewBooking, booking_json
from incubator.bookings.api.suggesting import suggesting
from incubator.bookings.draft import Order
from incubator.bookings.hold import hold_order
from incubator.bookings.hold_together import hold_together
from incubator.bookings.queries import booking_for, bookings_of, history_for
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx, statement
from incubator.people.actor import Actor
from incubator.people.asking import BY_MEMORY, surely
from incubator.people.guards import scope, signed_in
from incubator.people.visit import Visit
from incubator.web.bodies import Moment
from incubator.web.cursors import Cursor, read_cursor, write_cursor
from incubator.web.etags import tagged
from incubator.web.i18n import locale_of
from incubator.web.idempotency import Made, created
from incubator.web.periods import period_of
from incubator.web.problems import problems


class Deed(msgspec.Struct, frozen=True):
    """One line of a booking's history."""

    at: datetime
    actor_id: UUID | None
    verb: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@post(
    "/bookings",
    operation_id="createBooking",
    guards=[signed_in, scope("bookings:write")],
    opt=BY_MEMORY,
    responses=problems(401, 403, 404, 409, 422),
)
async def create_booking(request: Request[Any, Any, Any], data: JSONBody[NewBooking]) -> Response[Booking]:
    """Hold a space, or book it outright. 409 `slot_taken` brings free times nearby."""
    # Asked of the state, not injected: two dependencies cost as much as the rules.
    db, now = request.app.state.db, request.app.state.clock()
    must_be_on(request, data.pay_by)
    order = Order(
        space_id=data.space_id,
        period=period_of(data.start, data.end),
        organisation_id=data.organisation_id,
        title=data.title,
        note=data.note,
        attendees=data.attendees,
        outright=data.outright,
        extras=data.extras,
        full_price=data.full_price,
        pay_by=data.pay_by,
    )

    async def book(actor: Actor) -> Response[Booking]:
        async def quickly() -> Made | None:
            made = await hold_together(request.app.state.counter, actor=actor, order=order, now=now)
            return _made(request, made) if made is not None else None

        async def make(tx: Tx) -> Made:
            return _made(request, await hold_order(tx, actor=actor, order=order, now=now))

        return await created(request, db, actor.account_id, make, one_statement=True, quickly=quickly)

    async with suggesting(db, now=now):
        return await surely(request, book)


def _made(request: Request[Any, Any, Any], booking: BookingView) -> Made:
    return booking_json(booking, locale_of(request, otherwise="en")), f"/api/bookings/{booking.id}"


@get(
    "/bookings",
    operation_id="listBookings",
    guards=[signed_in, scope("bookings:read")],
    responses=problems(401, 403, 422),
)
async def list_bookings(
    visit: NamedDependency[Visit],
    when: Annotated[Literal["coming", "past"], QueryParameter()] = "coming",
    after: Cursor = None,
    limit: Annotated[int, QueryParameter(ge=1, le=100)] = 50,
) -> Bookings:
    """One's own bookings and those of one's organisations."""
    seen = read_cursor(after, Moment)
    async with statement(visit.db) as tx:
        found = await bookings_of(tx, actor=visit.actor, when=when, now=visit.now, after=seen, limit=limit + 1)
    items = [booking_json(view, locale_of(visit.request, otherwise="en")) for view in found[:limit]]
    more = len(found) > limit
    return Bookings(items, write_cursor(items[-1].start, items[-1].id) if more else None)


@get(
    "/bookings/{booking_id:uuid}",
    operation_id="getBooking",
    guards=[signed_in, scope("bookings:read")],
    responses=problems(401, 403, 404),
)
async def get_booking(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[Booking]:
    """One booking, with its ETag."""
    async with statement(visit.db) as tx:
        view = await booking_for(tx, actor=visit.actor, booking_id=booking_id)
    return tagged(booking_json(view, locale_of(visit.request, otherwise="en")), view.sequence)


@get(
    "/bookings/{booking_id:uuid}/history",
    operation_id="getBookingHistory",
    guards=[signed_in, scope("bookings:read")],
    responses=problems(401, 403, 404),
)
async def get_booking_history(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> list[Deed]:
    """Who did what and when, with what before and after, oldest first."""
    async with statement(visit.db) as tx:
        deeds = await history_for(tx, actor=visit.actor, booking_id=booking_id)
    return [msgspec.convert(deed, Deed) for deed in deeds]


handlers: list[ControllerRouterHandler] = [create_booking, list_bookings, get_booking, get_booking_history]
