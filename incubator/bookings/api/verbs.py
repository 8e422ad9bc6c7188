"""What can be done to a booking: each address is one verb, each verb one transaction."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.bookings.api.paying import must_be_on
from incubator.bookings.api.shapes import (
    Booking,
    Cancellation,
    Confirmation,
    NewEnd,
    NewTime,
    Reason,
    booking_json,
)
from incubator.bookings.api.suggesting import suggesting
from incubator.bookings.approve import approve
from incubator.bookings.cancel import cancel
from incubator.bookings.check_in import check_in
from incubator.bookings.complete import complete
from incubator.bookings.confirm import confirm
from incubator.bookings.decline import decline
from incubator.bookings.no_show import no_show
from incubator.bookings.queries import booking_for
from incubator.bookings.reschedule import extend, reschedule
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.forms import Verb
from incubator.people.guards import coordinator, scope, signed_in
from incubator.people.visit import Visit
from incubator.web.etags import ChangedMeanwhile, IfMatch, seen_version, tagged
from incubator.web.i18n import locale_of
from incubator.web.periods import period_of
from incubator.web.problems import problems

HOLDER: dict[str, Any] = {
    "guards": [signed_in, scope("bookings:write")],
    "responses": problems(401, 403, 404, 409, 412, 422),
    "status_code": 200,
}
PAYING: dict[str, Any] = {**HOLDER, "responses": problems(401, 403, 404, 409, 412, 422)}
DESK: dict[str, Any] = {**HOLDER, "guards": [coordinator, scope("bookings:write")]}


@post("/bookings/{booking_id:uuid}/confirm", operation_id="confirmBooking", **PAYING)
async def confirm_booking(
    visit: NamedDependency[Visit], booking_id: FromPath[UUID], data: JSONBody[Confirmation]
) -> Response[Booking]:
    """Confirm a hold: firm, or waiting for approval, or for its payment. A body may add a title, a note, how many come,
    and how it is paid."""
    must_be_on(visit.request, data.pay_by)
    return await _done(visit, confirm, booking_id=booking_id, **msgspec.structs.asdict(data))


@post("/bookings/{booking_id:uuid}/approve", operation_id="approveBooking", **DESK)
async def approve_booking(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[Booking]:
    """Say yes to a request; others for the same time are declined with it."""
    return await _done(visit, approve, booking_id=booking_id)


@post("/bookings/{booking_id:uuid}/decline", operation_id="declineBooking", **DESK)
async def decline_booking(
    visit: NamedDependency[Visit], booking_id: FromPath[UUID], data: JSONBody[Reason]
) -> Response[Booking]:
    """Say no to a request, with a reason."""
    return await _done(visit, decline, booking_id=booking_id, reason=data.reason)


@post("/bookings/{booking_id:uuid}/cancel", operation_id="cancelBooking", **HOLDER)
async def cancel_booking(
    visit: NamedDependency[Visit], booking_id: FromPath[UUID], data: JSONBody[Cancellation]
) -> Response[Booking]:
    """Cancel: the holder within the cancellation window, or until it begins where the price list has steps; a
    coordinator with a reason. What goes back is said by `cancelling` of its price beforehand."""
    return await _done(visit, cancel, booking_id=booking_id, reason=data.reason, refund=data.refund)


@post("/bookings/{booking_id:uuid}/check-in", operation_id="checkInBooking", **HOLDER)
async def check_in_booking(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[Booking]:
    """They are here: from half an hour before the start."""
    return await _done(visit, check_in, booking_id=booking_id)


@post("/bookings/{booking_id:uuid}/complete", operation_id="completeBooking", **DESK)
async def complete_booking(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[Booking]:
    """It took place and is over."""
    return await _done(visit, complete, booking_id=booking_id)


@post("/bookings/{booking_id:uuid}/no-show", operation_id="noShowBooking", **DESK)
async def no_show_booking(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[Booking]:
    """Nobody came."""
    return await _done(visit, no_show, booking_id=booking_id)


@post("/bookings/{booking_id:uuid}/reschedule", operation_id="rescheduleBooking", **HOLDER)
async def reschedule_booking(
    visit: NamedDependency[Visit], booking_id: FromPath[UUID], data: JSONBody[NewTime], if_match: IfMatch = None
) -> Response[Booking]:
    """Another time or space. With `If-Match`, only if nobody changed the booking since it was read."""
    period = period_of(data.start, data.end)

    async def act(tx: Tx, *, actor: Actor, now: datetime) -> BookingView:
        await _unchanged(tx, actor, booking_id, if_match)
        return await reschedule(tx, actor=actor, booking_id=booking_id, period=period, space_id=data.space_id, now=now)

    async with suggesting(visit.db, now=visit.now):
        return await _done(visit, act)


@post("/bookings/{booking_id:uuid}/extend", operation_id="extendBooking", **HOLDER)
async def extend_booking(
    visit: NamedDependency[Visit], booking_id: FromPath[UUID], data: JSONBody[NewEnd], if_match: IfMatch = None
) -> Response[Booking]:
    """Another end: longer or shorter."""

    async def act(tx: Tx, *, actor: Actor, now: datetime) -> BookingView:
        seen = await _unchanged(tx, actor, booking_id, if_match)
        end = period_of(seen.period.start, data.end).end
        return await extend(tx, actor=actor, booking_id=booking_id, end=end, now=now)

    async with suggesting(visit.db, now=visit.now):
        return await _done(visit, act)


async def _done(visit: Visit, verb: Verb[BookingView], **told: Any) -> Response[Booking]:
    """The booking after the verb, with its new ETag."""
    view = await visit.do(verb, **told)
    return tagged(booking_json(view, locale_of(visit.request, otherwise="en")), view.sequence)


async def _unchanged(tx: Tx, actor: Actor, booking_id: UUID, if_match: str | None) -> BookingView:
    """The booking, locked. Raises ChangedMeanwhile when it is not the one that `If-Match` names."""
    booking = await booking_for(tx, actor=actor, booking_id=booking_id, lock=True)
    if if_match is not None and seen_version(if_match) not in (None, booking.sequence):
        raise ChangedMeanwhile(booking.sequence)
    return booking


handlers: list[ControllerRouterHandler] = [
    confirm_booking,
    approve_booking,
    decline_booking,
    cancel_booking,
    check_in_booking,
    complete_booking,
    no_show_booking,
    reschedule_booking,
    extend_booking,
]
