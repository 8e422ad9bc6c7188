"""What further dates of a booking would cost: said before they are booked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from incubator.bookings.charge import ENTERPRISE, Chosen, chosen_with, covered, has_price, price_of
from incubator.bookings.foresee import Foreseen
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class DatesPrice:
    """In grosz: what is `due` for all of them, with deposits, and what of `aid` their lower price is, net."""

    due: int
    aid: int


async def price_of_dates(tx: Tx, *, booking: BookingView, dates: Sequence[Foreseen]) -> DatesPrice | None:
    """Of those that can be had, each with its extras. None where nothing is charged."""
    if not await has_price(tx, booking=booking):
        return None
    due, aid, full_price = 0, 0, (await chosen_with(tx, booking_id=booking.id)).full_price
    company = bool(await tx.fetchval(ENTERPRISE, booking.organisation_id))
    for one in dates:
        if one.code:
            continue
        further = replace(booking, period=one.period, credit_id=None)
        chosen = Chosen(extras=one.extras, people=booking.attendees, full_price=full_price)
        made = await price_of(tx, booking=further, chosen=chosen)
        if made is None:
            continue
        made = covered(made, bought=True) if one.drawn else made
        due += made.due
        aid += max(0, made.market.net - made.amount.net) if company else 0
    return DatesPrice(due=due, aid=aid)
