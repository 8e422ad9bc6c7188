"""It took place and is over."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.bookings.queries import booking_for
from incubator.bookings.settle import settle
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate


@dataclass(eq=False)
class NotOver(Conflict):
    """Its time is not over yet."""

    code = "not_over"
    sentence = N_("This booking ends at {ends}.")
    ends: datetime


async def complete(tx: Tx, *, actor: Actor, booking_id: UUID, now: datetime) -> BookingView:
    """The booking, completed by the coordinator once its time is over. Raises NotOver, NotYours, WrongState, NoSuchBooking."""
    booking = await booking_for(tx, actor=actor, booking_id=booking_id, lock=True)
    must_coordinate(actor, booking.gmina_id)
    if now < booking.period.end:
        raise NotOver(booking.period.end)
    return await settle(tx, booking=booking, to=State.COMPLETED, verb="complete", actor_id=actor.account_id, now=now)
