"""A booking that waited for its payment is paid: it is firm."""

from datetime import datetime

from incubator.bookings.locked import locked_booking
from incubator.bookings.settle import settle
from incubator.bookings.states import State
from incubator.bookings.tell import News, tell
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.payments.stand_firm import stand_firm
from incubator.payments.views import ChargeView


async def be_paid(tx: Tx, *, charge: ChargeView, now: datetime) -> None:
    """For a charge that is paid, as the table of charges has it; once confirmed, no more."""
    booking = await locked_booking(tx, booking_id=charge.subject_id)
    if booking is not None and booking.state == State.AWAITING_PAYMENT and charge.lapses:
        await confirm_paid(tx, booking=booking, charge=charge, now=now)


async def confirm_paid(tx: Tx, *, booking: BookingView, charge: ChargeView, now: datetime) -> BookingView:
    """Booking and charge are locked."""
    paid = await settle(tx, booking=booking, to=State.CONFIRMED, verb="pay", actor_id=None, now=now)
    await stand_firm(tx, charge_id=charge.id)
    await tell(tx, view=paid, what=News.PAID, now=now)
    return paid
