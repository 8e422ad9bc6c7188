"""What a booking takes of what its holder was granted, to be shown before they confirm it."""

from dataclasses import dataclass

from incubator.bookings.rules import credit_draw
from incubator.bookings.views import BookingView
from incubator.credits.queries import credits_by_id
from incubator.credits.views import CreditView
from incubator.db.engine import Tx
from incubator.passes.queries import is_bought

KIND = "SELECT kind FROM space WHERE id = $1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """So much of `credit`: minutes of a room, days of a desk. `bought`: it is a pass, and no grant."""

    credit: CreditView
    amount: int
    bought: bool


async def drawn_by(tx: Tx, *, booking: BookingView) -> Drawn | None:
    """None where it draws on no credit."""
    if booking.credit_id is None:
        return None
    draws = credit_draw(booking.period, space_kind=await tx.fetchval(KIND, booking.space_id))
    if draws is None:
        return None
    (credit,) = await credits_by_id(tx, ids=[booking.credit_id])
    return Drawn(credit=credit, amount=draws[1], bought=await is_bought(tx, credit_id=credit.id))
