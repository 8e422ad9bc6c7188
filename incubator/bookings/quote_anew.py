"""Price a booking anew that was moved."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from incubator.bookings.charge import KIND, LATEST, charge_booking, keep, price_of, text_of
from incubator.bookings.give_back_price import give_back_price
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.kernel.money import Amount, Vat, total
from incubator.payments.rename_charge import rename_charge
from incubator.pricing.keep_quote import kept_quote
from incubator.pricing.views import Quote

OWES = frozenset({State.CONFIRMED, State.CHECKED_IN})
"""States of a booking that may be moved and owes its price: who has checked in may still stay longer."""
# Extras are those of an incubator; another one does not have them.
LEFT_BEHIND = """
SELECT extra.id, extra.name_pl, extra.name_en
FROM booking JOIN extra ON extra.id = ANY (booking.extras) JOIN price_list ON price_list.id = extra.list_id
WHERE booking.id = $1 AND price_list.incubator_id <> $2 ORDER BY extra.position, extra.id
"""
LEAVE_BEHIND = f"""
UPDATE booking SET extras = ARRAY(
    SELECT unnest(extras) EXCEPT SELECT id FROM ({LEFT_BEHIND}) AS gone
) WHERE id = $1 AND EXISTS ({LEFT_BEHIND})
"""


async def quote_anew(tx: Tx, *, booking: BookingView, by: UUID | None, now: datetime, ask: bool = True) -> None:
    """For a booking that was moved: where its price is another, the old one is given back and the new one owed.
    Where it is the same, what is owed only says what it is for now: where, when, and by which lines. Extras that the list of the new day lacks keep
    the price of the list that they were chosen from; in another incubator they are left out. Raises as `charge_booking` does."""
    kept: UUID | None = await tx.fetchval(LATEST, booking.id)
    before = None if kept is None else await kept_quote(tx, quote_id=kept)
    made = await price_of(tx, booking=booking, moved=True)
    await tx.execute(LEAVE_BEHIND, booking.id, booking.incubator_id)
    if _alike(before, made):
        if made is not None and made != before:
            kept = await keep(tx, booking, made, now)
        text = text_of(booking)
        await rename_charge(tx, subject_kind=KIND, subject_id=booking.id, text=text, quote_id=kept, by=by, now=now)
        if booking.state in OWES:
            await charge_booking(tx, booking=booking, by=by, now=now, ask=ask)
        return
    await give_back_price(tx, booking=booking, by=by, now=now, reason="moved")
    if made is not None:
        await keep(tx, booking, made, now)
        if booking.state in OWES:
            await charge_booking(tx, booking=booking, by=by, now=now, ask=ask)
    elif before is not None:
        await keep(tx, booking, replace(before, lines=(), deposit=0), now)


def _alike(before: Quote | None, after: Quote | None) -> bool:
    """Whether nothing changes for who pays and who is paid, nor for the aid and the tax."""
    if before is None or after is None:
        return before is after
    if (before.gmina_id, before.incubator_id) != (after.gmina_id, after.incubator_id):
        return False
    same = (before.amount, before.deposit, before.market) == (after.amount, after.deposit, after.market)
    return same and _taxed(before) == _taxed(after)


def _taxed(quote: Quote) -> dict[tuple[Vat, str], Amount]:
    """What bears which tax, and on what ground it bears none."""
    rates = {(line.vat, line.basis) for line in quote.lines}
    return {rate: total(one.amount for one in quote.lines if (one.vat, one.basis) == rate) for rate in rates}
