"""Give a booking another title."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from incubator.bookings.queries import booking_for
from incubator.bookings.settle import WrongState, note
from incubator.bookings.states import LIVE
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.people.actor import Actor

RETITLE = "UPDATE booking SET title = $2, changed_at = $3, sequence = sequence + 1 WHERE id = $1"


async def retitle(tx: Tx, *, actor: Actor, booking_id: UUID, title: str, now: datetime) -> BookingView:
    """The booking with its new title, while it is still to come or going on. Raises WrongState,
    NoSuchBooking."""
    booking = await booking_for(tx, actor=actor, booking_id=booking_id, lock=True)
    if booking.state not in LIVE:
        raise WrongState(booking.state.value)
    named = replace(booking, title=title, changed_at=now, sequence=booking.sequence + 1)
    await tx.execute(RETITLE, booking.id, title, now)
    await note(tx, verb="retitle", before=booking, after=named, actor_id=actor.account_id, now=now)
    return named
