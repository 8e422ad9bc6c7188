"""They are here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from incubator.bookings.queries import booking_for
from incubator.bookings.rules import InThePast
from incubator.bookings.settle import settle
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor

EARLY = timedelta(minutes=30)


@dataclass(eq=False)
class NotYetTime(Conflict):
    """Check-in opens half an hour before the start."""

    code = "not_yet_time"
    sentence = N_("Check-in opens at {opens}.")
    opens: datetime


async def check_in(tx: Tx, *, actor: Actor, booking_id: UUID, now: datetime) -> BookingView:
    """The booking, checked in by its holder or at the desk, from 30 minutes before its start until
    its end. Raises NotYetTime, InThePast, WrongState, NoSuchBooking."""
    booking = await booking_for(tx, actor=actor, booking_id=booking_id, lock=True)
    if now < booking.period.start - EARLY:
        raise NotYetTime(booking.period.start - EARLY)
    if now >= booking.period.end:
        raise InThePast()
    return await settle(tx, booking=booking, to=State.CHECKED_IN, verb="check_in", actor_id=actor.account_id, now=now)
