"""What somebody who was written to may say that they cannot come to."""

from uuid import UUID

from incubator.bookings.cancel import is_holder
from incubator.bookings.queries import NoSuchBooking, booking_for
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.people.actor import Actor


async def booking_to_answer(tx: Tx, *, actor: Actor, booking_id: UUID) -> BookingView:
    """The booking that a mail to them was about. Raises NoSuchBooking where it is theirs no more."""
    booking = await booking_for(tx, actor=actor, booking_id=booking_id)
    if not is_holder(actor, booking):
        raise NoSuchBooking()
    return booking
