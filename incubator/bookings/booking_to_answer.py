"""Who says by the link of a mail that they cannot come, and to what."""

from uuid import UUID

from incubator.bookings.answer_link import ANSWER
from incubator.bookings.cancel import is_holder
from incubator.bookings.queries import NoSuchBooking, booking_for
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.people.actor import Actor, actor_by_account
from incubator.web.links import sealed


async def booking_to_answer(tx: Tx, *, booking_id: UUID, account_id: UUID, given: str) -> tuple[Actor, BookingView]:
    """The person whom the mail went to, and what it is about. Raises NoSuchBooking where the link is not whole, they
    are gone, or it is theirs no more."""
    if not sealed(ANSWER.format(account_id=account_id), booking_id, given):
        raise NoSuchBooking()
    return await booking_of_reader(tx, booking_id=booking_id, account_id=account_id)


async def booking_of_reader(tx: Tx, *, booking_id: UUID, account_id: UUID) -> tuple[Actor, BookingView]:
    """As `booking_to_answer`, where it is known otherwise who answers. Raises NoSuchBooking."""
    actor = await actor_by_account(tx, account_id=account_id)
    if actor is None:
        raise NoSuchBooking()
    booking = await booking_for(tx, actor=actor, booking_id=booking_id)
    if not is_holder(actor, booking):
        raise NoSuchBooking()
    return actor, booking
