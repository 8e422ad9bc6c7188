"""Cancel a booking: its holder within the cancellation window, or until it begins where the price list says what
goes back by then; a coordinator at any time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from incubator.bookings.give_back_price import EVERYTHING, Back, by_steps
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


class Refund(StrEnum):
    """What goes back where the desk calls it off: all, or by the steps of the price list, where its holder asked for
    it. A holder gets what the steps say, without choice."""

    ALL = "all"
    STEPS = "steps"


class ReasonNeeded(Invalid):
    """A coordinator who undoes somebody's booking says why."""

    code = "reason_needed"
    sentence = N_("Please give a reason: the person who booked will read it.")


async def cancel(
    tx: Tx, *, actor: Actor, booking_id: UUID, reason: str = "", refund: Refund = Refund.ALL, now: datetime
) -> BookingView:
    """The booking, cancelled; its time and quota are free again, and somebody whose booking another
    cancelled is written to. `refund` is the desk's choice. Raises TooLateToCancel, ReasonNeeded, WrongState,
    NoSuchBooking."""
    cancelled = await call_off(tx, actor=actor, booking_id=booking_id, reason=reason, refund=refund, now=now)
    await tell_cancelled(tx, actor=actor, view=cancelled, now=now)
    return cancelled


async def call_off(
    tx: Tx, *, actor: Actor, booking_id: UUID, reason: str, refund: Refund = Refund.ALL, now: datetime
) -> BookingView:
    """As `cancel`, for those who write one mail about many."""
    booking = await booking_for(tx, actor=actor, booking_id=booking_id, lock=True)
    if not is_holder(actor, booking):
        if not reason.strip():
            raise ReasonNeeded()
    elif not at_desk(actor, booking):
        must_stand_alone(booking)
    back = await _goes_back(tx, actor, booking, refund, now)
    by = actor.account_id
    return await settle(
        tx, booking=booking, to=State.CANCELLED, verb="cancel", actor_id=by, reason=reason, back=back, now=now
    )


async def _goes_back(tx: Tx, actor: Actor, booking: BookingView, refund: Refund, now: datetime) -> Back:
    """Raises TooLateToCancel."""
    if at_desk(actor, booking):
        return await by_steps(tx, booking=booking, now=now) if refund == Refund.STEPS else EVERYTHING
    back = await by_steps(tx, booking=booking, now=now)
    if back is EVERYTHING:
        must_be_in_time(actor, booking, now)
    elif booking.state == State.CONFIRMED and now >= booking.period.start:
        raise TooLateToCancel(booking.period.start)
    return back


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


def at_desk(actor: Actor, booking: BookingView | SeriesView) -> bool:
    """Whether the person runs the place that the booking is in."""
    return booking.gmina_id in actor.coordinates or actor.is_administrator
