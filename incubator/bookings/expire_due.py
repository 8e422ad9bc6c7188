"""Come round for what has lapsed: each booking in a transaction of its own.

Many in one would hold the locks of many calendars, in an order that is nobody else's, and one that cannot be given up
would keep all others.
"""

from datetime import datetime
from uuid import UUID

from incubator.bookings.expire import expire_overdue
from incubator.db.engine import Database, Tx, attempt
from incubator.jobs.enqueue import enqueue

EXPIRE = "expire_booking"
"""The job that gives one up."""
# Not asked for twice; what failed is held in the queue, for people to look at.
DUE = """
SELECT id FROM booking WHERE state IN ('held', 'awaiting_payment') AND hold_expires_at <= $1 AND NOT EXISTS (
    SELECT FROM pgqueuer WHERE entrypoint = 'expire_booking' AND payload = uuid_send(booking.id)
) ORDER BY hold_expires_at, id LIMIT 500
"""


async def look_for_lapsed(tx: Tx, *, now: datetime) -> None:
    """Have each be given up; those that are over the longest first."""
    for (booking_id,) in await tx.fetch(DUE, now):
        await enqueue(tx, job=EXPIRE, subject_id=booking_id)


async def expire_booking(db: Database, *, subject_id: UUID, now: datetime) -> list[UUID]:
    """The booking, where it has lapsed and is not being paid or confirmed at this moment."""
    return await attempt(db, lambda tx: expire_overdue(tx, now=now, booking_id=subject_id))
