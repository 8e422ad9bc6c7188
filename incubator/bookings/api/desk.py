"""The coordinator's lists: what is on, and what waits for a decision."""

from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.bookings.api.availability import From, To, span_of
from incubator.bookings.api.shapes import Booking, Bookings, booking_json
from incubator.bookings.queries import bookings_in
from incubator.bookings.requests import awaiting
from incubator.db.engine import statement
from incubator.people.guards import coordinator, scope
from incubator.people.visit import Visit
from incubator.web.i18n import locale_of
from incubator.web.problems import problems


class PendingRequest(msgspec.Struct, frozen=True):
    """A request with the others that want some of its time."""

    booking: Booking
    rivals: list[Booking]


@get(
    "/incubators/by-id/{incubator_id:uuid}/bookings",
    operation_id="listIncubatorBookings",
    guards=[coordinator, scope("bookings:read")],
    responses=problems(401, 403, 404, 422),
)
async def list_incubator_bookings(
    visit: NamedDependency[Visit], incubator_id: FromPath[UUID], start: From, end: To
) -> Bookings:
    """Everything booked in one's incubator within the span; nothing of another gmina's."""
    async with statement(visit.db) as tx:
        found = await bookings_in(tx, actor=visit.actor, incubator_id=incubator_id, span=span_of(start, end))
    return Bookings([booking_json(view, locale_of(visit.request, otherwise="en")) for view in found])


@get(
    "/requests",
    operation_id="listRequests",
    guards=[coordinator, scope("bookings:read")],
    responses=problems(401, 403),
)
async def list_requests(visit: NamedDependency[Visit]) -> list[PendingRequest]:
    """What waits for the coordinator's decision, the soonest first."""
    locale = locale_of(visit.request, otherwise="en")
    async with statement(visit.db) as tx:
        found = await awaiting(tx, actor=visit.actor)
    return [
        PendingRequest(booking_json(one.booking, locale), [booking_json(rival, locale) for rival in one.rivals])
        for one in found
    ]


handlers: list[ControllerRouterHandler] = [list_incubator_bookings, list_requests]
