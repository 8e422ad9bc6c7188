"""What a booking takes of what its holder was granted, to be shown before they confirm it."""

from dataclasses import dataclass

from incubator.bookings.credit_use import credit_use
from incubator.bookings.views import BookingView
from incubator.credits.queries import credits_by_id
from incubator.credits.views import CreditView
from incubator.db.engine import Tx
from incubator.passes.queries import is_bought


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
    (credit,) = await credits_by_id(tx, ids=[booking.credit_id])
    amount = await credit_use(tx, booking=booking)
    return Drawn(credit=credit, amount=amount, bought=await is_bought(tx, credit_id=credit.id))
