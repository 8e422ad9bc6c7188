"""The room of a larger thing is called after it: who changes the meeting has asked who may."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from incubator.bookings.retitle import RETITLE
from incubator.bookings.settle import note
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx


async def retitle_part(tx: Tx, *, booking: BookingView, title: str, actor_id: UUID, now: datetime) -> BookingView:
    """The booking under its new title. The caller has it locked, and live."""
    named = replace(booking, title=title, changed_at=now, sequence=booking.sequence + 1)
    await tx.execute(RETITLE, booking.id, title, now)
    await note(tx, verb="retitle", before=booking, after=named, actor_id=actor_id, now=now)
    return named
