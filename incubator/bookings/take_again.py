"""Take a booking again that was not paid in time, when its money has come after all."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from incubator.bookings.reschedule import draw_quota, retake
from incubator.bookings.rules import InThePast, Wish, check, credit_draw
from incubator.bookings.settle import WrongState, settle
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.credits.draw import draw_again
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.payments.reinstate_charge import reinstate_charge
from incubator.places.queries import SpaceToBook, space_to_book

HERE = """
SELECT account.erased_at IS NULL AND organisation.closed_at IS NULL
FROM booking JOIN account ON account.id = account_id LEFT JOIN organisation ON organisation.id = organisation_id
WHERE booking.id = $1
"""
DRAWN = "UPDATE booking SET quota_id = $2, credit_id = $3 WHERE id = $1"


class CannotBeTakenAgain(Conflict):
    """Who booked has left, or what the booking drew on has been used up."""

    code = "cannot_be_taken_again"
    sentence = N_("This booking cannot be had again.")


async def take_again(tx: Tx, *, booking: BookingView, charge_id: UUID, now: datetime) -> BookingView:
    """The booking, confirmed: its time, quota or credit, its charge and its aid, all of it or nothing. `booking` is
    locked. Raises WrongState, InThePast, CannotBeTakenAgain, SlotTaken, QuotaSpent, NoSuchSpace, OutsideOpeningHours,
    NotReinstated, and what granting aid raises."""
    if booking.state != State.EXPIRED:
        raise WrongState(booking.state.value)
    if booking.period.start <= now:
        raise InThePast()
    if not await tx.fetchval(HERE, booking.id):
        raise CannotBeTakenAgain()
    async with tx.transaction():
        space = await space_to_book(tx, space_id=booking.space_id, span=booking.period)
        check(Wish(booking.period, now, "person", True, booking.attendees), space, by_house=True)
        await retake(tx, replace(booking, state=State.CONFIRMED), space, now)
        drawn = await _draw(tx, booking, space)
        await tx.execute(DRAWN, drawn.id, drawn.quota_id, drawn.credit_id)
        await reinstate_charge(tx, charge_id=charge_id, by=None, now=now)
        return await settle(tx, booking=drawn, to=State.CONFIRMED, verb="take_again", actor_id=None, now=now)


async def _draw(tx: Tx, booking: BookingView, space: SpaceToBook) -> BookingView:
    """From what it drew before: its price was made by it, and what is aid of it."""
    if booking.credit_id is None:
        return await draw_quota(tx, booking, space)
    drawn = credit_draw(booking.period, space_kind=space.kind)
    assert drawn is not None, "what drew on a credit is a room or a desk"
    if not await draw_again(tx, credit_id=booking.credit_id, period=booking.period, amount=drawn[1]):
        raise CannotBeTakenAgain()
    return booking
