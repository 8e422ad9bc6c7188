"""Give up requests that nobody answered before their time began, and say so to who asked."""

from datetime import datetime
from uuid import UUID

from incubator.bookings.settle import settle
from incubator.bookings.states import State
from incubator.bookings.tell import News, tell
from incubator.bookings.views import VIEW, view_of
from incubator.db.engine import Tx
from incubator.kernel.errors import N_

UNANSWERED = N_("Nobody could decide about it before its time began. We are sorry.")

# Whoever approves one right now has it locked, and is in time.
BEGUN = f"""
{VIEW} WHERE booking.state = 'awaiting_approval' AND lower(booking.period) <= $1
ORDER BY booking.id LIMIT $2 FOR UPDATE OF booking SKIP LOCKED
"""


async def expire_unanswered(tx: Tx, *, now: datetime, limit: int = 500) -> list[UUID]:
    """The requests, at most `limit`, that lapsed."""
    begun = [view_of(row) for row in await tx.fetch(BEGUN, now, limit)]
    for booking in begun:
        lapsed = await settle(
            tx, booking=booking, to=State.EXPIRED, verb="expire", actor_id=None, reason=UNANSWERED, now=now
        )
        await tell(tx, view=lapsed, what=News.DECLINED, now=now)
    return [booking.id for booking in begun]
