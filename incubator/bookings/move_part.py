"""The room of a larger thing goes with it: who moves the meeting has asked who may, and by which rules."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from incubator.bookings.offer_next import offer_next
from incubator.bookings.reschedule import MOVE, elsewhere, retake
from incubator.bookings.settle import give_back, note
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.kernel.period import Period
from incubator.passes.draw_down import draw_down
from incubator.places.queries import SpaceToBook


async def move_part(
    tx: Tx, *, booking: BookingView, space: SpaceToBook, period: Period, actor_id: UUID, now: datetime
) -> BookingView:
    """The booking at its new time and in `space`, whatever its own windows say; drawn from nobody's hours, also where it
    was before. The caller has it locked. Raises
    SlotTaken; then what was done has to be rolled back."""
    moved = replace(elsewhere(booking, space=space, period=period, now=now), quota_id=None, credit_id=None)
    await retake(tx, moved, space, now)
    await give_back(tx, booking=booking)
    values = (moved.space_id, moved.incubator_id, moved.gmina_id, None, None, moved.state, now)
    await tx.execute(MOVE, moved.id, period.start, period.end, *values)
    await draw_down(tx, credit_ids=[booking.credit_id], by=actor_id, now=now)
    await note(tx, verb="reschedule", before=booking, after=moved, actor_id=actor_id, now=now)
    await offer_next(tx, space_ids=[booking.space_id], period=booking.period, now=now)
    return moved
