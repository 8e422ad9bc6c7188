"""What somebody who was written to may say that they cannot come to."""

from uuid import UUID

from incubator.bookings.cancel import is_holder
from incubator.bookings.queries import NoSuchBooking, booking_for
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.answer_link import reader_by_account


async def booking_to_answer(tx: Tx, *, actor: Actor, booking_id: UUID) -> BookingView:
    """The booking that a mail to them was about. Raises NoSuchBooking where it is theirs no more."""
    booking = await booking_for(tx, actor=actor, booking_id=booking_id)
    if not is_holder(actor, booking):
        raise NoSuchBooking()
    return booking


async def booking_of_reader(tx: Tx, *, booking_id: UUID, account_id: UUID) -> tuple[Actor, BookingView]:
    """Where who answers is known otherwise than by a link. Raises NoSuchBooking."""
    actor = await reader_by_account(tx, account_id=account_id, gone=NoSuchBooking)
    return actor, await booking_to_answer(tx, actor=actor, booking_id=booking_id)
