"""Coming bookings at times when their space is not open: hours were shortened after they were made, a day
was given other hours, or a closure let them stand."""

from datetime import datetime
from uuid import UUID

from incubator.bookings.queries import AT_DESK, LIVE_STATES
from incubator.bookings.views import VIEW, BookingView, view_of
from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.places.opening import opening_between

# $1 gminas, $2 everything, $3 the incubator, $4 now, $5 states, $6 at most so many.
OUTSIDE = f"""
WITH coming AS (
    SELECT booking.id, booking.space_id, booking.period FROM booking
    WHERE {AT_DESK} AND booking.incubator_id = $3 AND lower(booking.period) > $4::timestamptz
        AND booking.state = ANY($5::text[])
),
{
    opening_between(
        "($4::timestamptz AT TIME ZONE 'Europe/Warsaw')::date",
        "(SELECT coalesce(max(upper(period)), $4) AT TIME ZONE 'Europe/Warsaw' FROM coming)::date",
        spaces="ARRAY(SELECT DISTINCT space_id FROM coming)",
    )
}
{VIEW}
WHERE booking.id IN (
    SELECT coming.id FROM coming JOIN opening USING (space_id) WHERE NOT opening.open @> coming.period
)
ORDER BY lower(booking.period), booking.id LIMIT $6
"""


async def outside_hours(
    tx: Tx, *, actor: Actor, incubator_id: UUID, now: datetime, limit: int = 20
) -> list[BookingView]:
    """Those of an incubator, for its coordinator, the soonest first. Others see none."""
    rows = await tx.fetch(
        OUTSIDE, list(actor.coordinates), actor.is_administrator, incubator_id, now, LIVE_STATES, limit
    )
    return [view_of(row) for row in rows]
