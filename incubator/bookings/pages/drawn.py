"""What a booking takes of what its holder was granted, to be shown before they confirm it."""

from dataclasses import dataclass

from incubator.bookings.rules import credit_draw
from incubator.bookings.views import BookingView
from incubator.credits.queries import credits_by_id
from incubator.credits.views import CreditView
from incubator.db.engine import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """So much of `credit`: minutes of a room, days of a desk."""

    credit: CreditView
    amount: int


async def drawn_by(tx: Tx, *, booking: BookingView, space_kind: str) -> Drawn | None:
    """None where it draws on no credit."""
    draws = credit_draw(booking.period, space_kind=space_kind)
    if booking.credit_id is None or draws is None:
        return None
    (credit,) = await credits_by_id(tx, ids=[booking.credit_id])
    return Drawn(credit=credit, amount=draws[1])
