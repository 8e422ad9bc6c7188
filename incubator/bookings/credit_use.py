"""What a booking draws from its credit."""

from incubator.bookings.rules import credit_draw
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx

KIND = "SELECT kind FROM space WHERE id = $1"


async def credit_use(tx: Tx, *, booking: BookingView) -> int:
    """Minutes of a room, days of a desk; nothing where it draws on none."""
    if booking.credit_id is None:
        return 0
    drawn = credit_draw(booking.period, space_kind=await tx.fetchval(KIND, booking.space_id))
    assert drawn is not None, "what draws on a credit is a room or a desk"
    return drawn[1]
