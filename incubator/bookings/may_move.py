"""May a booking be moved there, and what does it become? Asked before anything is written."""

from datetime import datetime, timedelta

from incubator.bookings.cancel import is_holder, must_be_in_time
from incubator.bookings.rules import InThePast, Wish, check, may_still_cancel
from incubator.bookings.settle import WrongState
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.kernel.errors import N_, Conflict
from incubator.kernel.period import Period
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate
from incubator.places.queries import SpaceToBook

MOVABLE = frozenset({State.HELD, State.AWAITING_APPROVAL, State.CONFIRMED})
STRETCHABLE = MOVABLE | {State.CHECKED_IN}
GIVEN = frozenset({State.CONFIRMED, State.CHECKED_IN})


class NoTimeForApproval(Conflict):
    """What is firm would become a request that nobody need answer before it is needed."""

    code = "no_time_for_approval"
    sentence = N_(
        "A longer booking needs approval here, and it is too late to wait for that. Please ask the coordinator."
    )


class NotPaidYet(Conflict):
    """It is kept until it is paid, at the price of its time."""

    code = "pay_before_moving"
    sentence = N_(
        "This booking waits for its payment. Pay it first, then you can change its time; or cancel it, which costs"
        " nothing, and book another time."
    )


def must_be_movable(*, actor: Actor, booking: BookingView, space: SpaceToBook, period: Period, now: datetime) -> None:
    """Raises WrongState, NotPaidYet, InThePast, NotYours, TooLateToCancel, NoTimeForApproval and what the rules
    raise."""
    stays = period.start == booking.period.start and space.id == booking.space_id
    if booking.state == State.AWAITING_PAYMENT:
        raise NotPaidYet()
    if booking.state not in (STRETCHABLE if stays else MOVABLE):
        raise WrongState(booking.state.value)
    if stays and min(booking.period.end, period.end) <= now:
        raise InThePast()
    if not is_holder(actor, booking):
        must_coordinate(actor, booking.gmina_id)
        must_coordinate(actor, space.gmina_id)
    elif not stays:
        must_be_in_time(actor, booking, now)
    # A start that stays was in time when it was booked: only the end is new.
    in_time = min(now, period.start - timedelta(minutes=space.lead_minutes))
    check(_wish(actor, booking, space, period, in_time if stays else now), space)
    if stays and _asks_again(actor, booking, space, period) and not _can_wait(booking, now):
        raise NoTimeForApproval()


def state_after(*, actor: Actor, booking: BookingView, space: SpaceToBook, period: Period) -> State:
    """A request waits only where approval is asked for; what was given stands as long as it is moved
    to nothing new."""
    if booking.state == State.AWAITING_APPROVAL and not space.needs_approval:
        return State.CONFIRMED
    return State.AWAITING_APPROVAL if _asks_again(actor, booking, space, period) else booking.state


def _asks_again(actor: Actor, booking: BookingView, space: SpaceToBook, period: Period) -> bool:
    """Who runs the place that it moves to needs nobody's approval, and nobody does for a part of what
    they were given."""
    runs_it = space.gmina_id in actor.coordinates or actor.is_administrator
    a_part = space.id == booking.space_id and booking.period.contains(period)
    return booking.state in GIVEN and space.needs_approval and not runs_it and not a_part


def _can_wait(booking: BookingView, now: datetime) -> bool:
    """As long as it could be cancelled: a request may be at any time, and lapses when it begins."""
    return booking.state == State.CONFIRMED and may_still_cancel(
        booking.period, cancel_minutes=booking.cancel_minutes, now=now
    )


def _wish(actor: Actor, booking: BookingView, space: SpaceToBook, period: Period, now: datetime) -> Wish:
    """A coordinator who moves somebody's booking answers for who is welcome."""
    own = actor.organisations.get(booking.organisation_id) if booking.organisation_id else None
    if own is not None:
        return Wish(period, now, own.kind, own.gmina_id == space.gmina_id, booking.attendees)
    if booking.account_id == actor.account_id and booking.organisation_id is None:
        return Wish(period, now, "person", actor.gmina_id == space.gmina_id, booking.attendees)
    return Wish(period, now, next(iter(space.audience), "person"), True, booking.attendees)
