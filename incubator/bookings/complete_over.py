"""Complete what was checked in and is over.

Who came was seen; that the time is over, the clock says. A booking that nobody checked in stays
confirmed until the desk says whether anybody came: what was not seen is not written down as seen.
"""

from datetime import datetime
from uuid import UUID

from incubator.bookings.settle import settle
from incubator.bookings.states import State
from incubator.bookings.views import VIEW, view_of
from incubator.db.engine import Tx

# Whoever acts on one right now has it locked; it is looked at again next time.
OVER = f"""
{VIEW} WHERE booking.state = 'checked_in' AND upper(booking.period) <= $1
ORDER BY booking.id LIMIT $2 FOR UPDATE OF booking SKIP LOCKED
"""


async def complete_over(tx: Tx, *, now: datetime, limit: int = 500) -> list[UUID]:
    """The bookings, at most `limit`, that were completed."""
    over = [view_of(row) for row in await tx.fetch(OVER, now, limit)]
    for booking in over:
        await settle(tx, booking=booking, to=State.COMPLETED, verb="complete", actor_id=None, now=now)
    return [booking.id for booking in over]
