"""Release holds that have lapsed, and what was not paid in time.

The constraint cannot read the clock, so a lapsed hold blocks until somebody releases it: whoever
wants its time does, and a job tidies up the rest (expire_due.py). A hold is its owner's until then.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from incubator.bookings.lapse_unpaid import lapse_unpaid
from incubator.bookings.settle import settle
from incubator.bookings.states import State
from incubator.bookings.views import VIEW, BookingView, view_of
from incubator.db.engine import Tx

OVERDUE = f"{VIEW} WHERE booking.state IN ('held', 'awaiting_payment') AND booking.hold_expires_at <= $1"
ON_RESOURCES = """ AND EXISTS (
    SELECT FROM occupancy WHERE occupancy.subject_id = booking.id AND occupancy.resource_id = ANY($2::bigint[])
)"""
OF_PERSON = " AND booking.account_id = $2"
ONE = " AND booking.id = $2"
# Whoever is confirming one right now has it locked, and is in time.
SKIP = " ORDER BY booking.id FOR UPDATE OF booking SKIP LOCKED"


async def expire_overdue(
    tx: Tx,
    *,
    now: datetime,
    resource_ids: Sequence[int] | None = None,
    account_id: UUID | None = None,
    booking_id: UUID | None = None,
    limit: int = 500,
) -> list[UUID]:
    """Release lapsed holds, of these resources, of one person, one alone, or (at most `limit`) all; the bookings
    that expired."""
    where, arguments = _which(resource_ids, account_id, booking_id)
    async with tx.transaction():
        lapsed = [view_of(row) for row in await tx.fetch(f"{OVERDUE}{where}{SKIP} LIMIT {limit:d}", now, *arguments)]
        return [booking.id for booking in lapsed if await _expired(tx, booking, now)]


async def _expired(tx: Tx, booking: BookingView, now: datetime) -> bool:
    if booking.state == State.AWAITING_PAYMENT:
        return await lapse_unpaid(tx, booking=booking, now=now)
    await settle(tx, booking=booking, to=State.EXPIRED, verb="expire", actor_id=None, now=now)
    return True


def _which(
    resource_ids: Sequence[int] | None, account_id: UUID | None, booking_id: UUID | None
) -> tuple[str, tuple[object, ...]]:
    if resource_ids is not None:
        return ON_RESOURCES, (list(resource_ids),)
    if booking_id is not None:
        return ONE, (booking_id,)
    return ("", ()) if account_id is None else (OF_PERSON, (account_id,))
