"""A booking under a lock, for what follows by itself: nobody asks, so nothing is narrowed."""

from uuid import UUID

from incubator.bookings.views import VIEW, BookingView, view_of
from incubator.db.engine import Tx

LOCKED = f"{VIEW} WHERE booking.id = $1 FOR UPDATE OF booking"


async def locked_booking(tx: Tx, *, booking_id: UUID) -> BookingView | None:
    """None where there is no such booking."""
    row = await tx.fetchrow(LOCKED, booking_id)
    return None if row is None else view_of(row)


async def lock_booking(tx: Tx, *, subject_id: UUID) -> None:
    """Before its charge is locked, as every verb of bookings does."""
    await locked_booking(tx, booking_id=subject_id)
