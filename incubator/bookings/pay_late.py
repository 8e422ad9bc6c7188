"""Money comes for a booking that was given up: it is taken again if it can be, or the money goes back."""

from datetime import datetime

from incubator.bookings.locked import locked_booking
from incubator.bookings.states import State
from incubator.bookings.take_again import take_again
from incubator.bookings.tell import News, tell
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.kernel.errors import Refusal
from incubator.payments.plan_refund import plan_refund
from incubator.payments.states import Why
from incubator.payments.views import ChargeView

GIVEN_UP = frozenset({State.EXPIRED.value, State.CANCELLED.value, State.DECLINED.value})
"""Reasons of a charge that mean that its booking is no more. One that was moved is owed anew: what comes for the old
charge is the desk's to count."""


async def pay_late(tx: Tx, *, charge: ChargeView, now: datetime) -> None:
    """For a charge that was cancelled and has a surplus, as the table of charges has it."""
    booking = await locked_booking(tx, booking_id=charge.subject_id)
    if booking is None or charge.reason not in GIVEN_UP:
        return
    again = await _taken_again(tx, booking, charge, now)
    if again is not None:
        await tell(tx, view=again, what=News.PAID, now=now)
        return
    await plan_refund(tx, charge, amount=charge.surplus, why=Why.CANCELLED, by=None, now=now)
    await tell(tx, view=booking, what=News.PAID_LATE, now=now)


async def _taken_again(tx: Tx, booking: BookingView, charge: ChargeView, now: datetime) -> BookingView | None:
    """Only what was given up for want of this money, and once all of it is there."""
    if not charge.lapses or charge.reason != State.EXPIRED or charge.surplus < charge.total:
        return None
    try:
        return await take_again(tx, booking=booking, charge_id=charge.id, now=now)
    except Refusal:  # whatever stands in the way: it cannot be had again
        return None
