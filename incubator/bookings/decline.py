"""A coordinator says no to a request, and why."""

from datetime import datetime
from uuid import UUID

from incubator.bookings.queries import booking_for
from incubator.bookings.settle import settle
from incubator.bookings.states import State
from incubator.bookings.tell import News, tell
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate


async def decline(tx: Tx, *, actor: Actor, booking_id: UUID, reason: str, now: datetime) -> BookingView:
    """The booking, declined with the reason that its holder reads. Raises NotYours, WrongState,
    NoSuchBooking."""
    booking = await booking_for(tx, actor=actor, booking_id=booking_id, lock=True)
    must_coordinate(actor, booking.gmina_id)
    declined = await settle(
        tx,
        booking=booking,
        to=State.DECLINED,
        verb="decline",
        actor_id=actor.account_id,
        decided_by=actor.account_id,
        reason=reason,
        now=now,
    )
    await tell(tx, view=declined, what=News.DECLINED, now=now)
    return declined
