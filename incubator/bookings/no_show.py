"""Nobody came."""

from datetime import datetime
from uuid import UUID

from incubator.bookings.check_in import NotYetTime
from incubator.bookings.queries import booking_for
from incubator.bookings.settle import settle
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate


async def no_show(tx: Tx, *, actor: Actor, booking_id: UUID, now: datetime) -> BookingView:
    """The booking, marked by the coordinator once it has begun. It keeps its time and its quota:
    the space stood empty for it. Raises NotYetTime, NotYours, WrongState, NoSuchBooking."""
    booking = await booking_for(tx, actor=actor, booking_id=booking_id, lock=True)
    must_coordinate(actor, booking.gmina_id)
    if now < booking.period.start:
        raise NotYetTime(booking.period.start)
    return await settle(tx, booking=booking, to=State.NO_SHOW, verb="no_show", actor_id=actor.account_id, now=now)
