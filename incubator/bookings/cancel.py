"""Cancel a booking: its holder within the cancellation window, a coordinator at any time."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.bookings.queries import booking_for
from incubator.bookings.rules import may_still_cancel
from incubator.bookings.series import SeriesView
from incubator.bookings.settle import settle
from incubator.bookings.states import State
from incubator.bookings.tell_another import tell_cancelled
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.people.actor import Actor


@dataclass(eq=False)
class TooLateToCancel(Conflict):
    """The cancellation window is over; the coordinator can still help."""

    code = "too_late_to_cancel"
    sentence = N_("This booking could be cancelled until {cancel_until}. Please ask the coordinator.")
    cancel_until: datetime


@dataclass(eq=False)
class PartOfAnother(Conflict):
    """The room of a meeting, say: `part_of`. It is moved and called off with it."""

    code = "part_of_another"
    sentence = N_("This room belongs to a meeting. Move or cancel the meeting, and the room goes with it.")
    part_of: UUID


class ReasonNeeded(Invalid):
    """A coordinator who undoes somebody's booking says why."""

    code = "reason_needed"
    sentence = N_("Please give a reason: the person who booked will read it.")


async def cancel(tx: Tx, *, actor: Actor, booking_id: UUID, reason: str = "", now: datetime) -> BookingView:
    """The booking, cancelled; its time and quota are free again, and somebody whose booking another
    cancelled is written to. Raises TooLateToCancel, ReasonNeeded, WrongState, NoSuchBooking."""
    cancelled = await call_off(tx, actor=actor, booking_id=booking_id, reason=reason, now=now)
    await tell_cancelled(tx, actor=actor, view=cancelled, now=now)
    return cancelled


async def call_off(tx: Tx, *, actor: Actor, booking_id: UUID, reason: str, now: datetime) -> BookingView:
    """As `cancel`, for those who write one mail about many."""
    booking = await booking_for(tx, actor=actor, booking_id=booking_id, lock=True)
    if not is_holder(actor, booking):
        if not reason.strip():
            raise ReasonNeeded()
    else:
        if not at_desk(actor, booking):
            must_stand_alone(booking)
        must_be_in_time(actor, booking, now)
    return await settle(
        tx, booking=booking, to=State.CANCELLED, verb="cancel", actor_id=actor.account_id, reason=reason, now=now
    )


def must_stand_alone(booking: BookingView) -> None:
    """Raises PartOfAnother."""
    if booking.part_of is not None:
        raise PartOfAnother(booking.part_of)


def must_be_in_time(actor: Actor, booking: BookingView, now: datetime) -> None:
    """Raises TooLateToCancel when a firm booking's window is over; the desk may always."""
    if booking.state != State.CONFIRMED or at_desk(actor, booking):
        return
    if not may_still_cancel(booking.period, cancel_minutes=booking.cancel_minutes, now=now):
        raise TooLateToCancel(booking.cancel_until)


def is_holder(actor: Actor, booking: BookingView | SeriesView) -> bool:
    """Whether it is the person's own, or of an organisation that they belong to."""
    if booking.organisation_id is not None:
        return booking.organisation_id in actor.organisations
    return booking.account_id == actor.account_id


def at_desk(actor: Actor, booking: BookingView) -> bool:
    """Whether the person runs the place that the booking is in."""
    return booking.gmina_id in actor.coordinates or actor.is_administrator
