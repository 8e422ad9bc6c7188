"""Give up a booking that was not paid in time; one that is being paid at this moment is waited for."""

from datetime import datetime
from uuid import UUID

from incubator.bookings.be_paid import confirm_paid
from incubator.bookings.charge import KIND
from incubator.bookings.locked import locked_booking
from incubator.bookings.pay_rules import AFTER_CHECKOUT
from incubator.bookings.settle import settle
from incubator.bookings.states import State
from incubator.bookings.tell import News, tell
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.occupancy.release import make_held
from incubator.payments.locked import locked
from incubator.payments.states import ChargeState
from incubator.payments.under_way import lapsing_charges, paying_until
from incubator.payments.views import ChargeView

KEEP = "UPDATE booking SET hold_expires_at = $2 WHERE id = $1"


async def lapse_unpaid(tx: Tx, *, booking: BookingView, now: datetime) -> bool:
    """Whether it expired: not where it has been paid, nor while a checkout is open. The caller has it locked, and its
    time is over."""
    for charge_id in await lapsing_charges(tx, subject_kind=KIND, subject_id=booking.id):
        until = await paying_until(tx, charge_id=charge_id)
        if until is not None:
            await keep(tx, booking=booking, until=max(until, now) + AFTER_CHECKOUT)
            return False
        charge = await locked(tx, charge_id=charge_id)
        if charge.state == ChargeState.PAID:  # the job that says so has not come yet
            await confirm_paid(tx, booking=booking, charge=charge, now=now)
            return False
    expired = await settle(tx, booking=booking, to=State.EXPIRED, verb="expire", actor_id=None, now=now)
    await tell(tx, view=expired, what=News.NOT_PAID, now=now)
    return True


async def give_up_unpaid(tx: Tx, *, charge: ChargeView, now: datetime) -> None:
    """For a charge that is not paid in time, as the table of charges has it."""
    booking = await locked_booking(tx, booking_id=charge.subject_id)
    if booking is not None and booking.state == State.AWAITING_PAYMENT:
        await lapse_unpaid(tx, booking=booking, now=now)


async def keep_while_paying(
    tx: Tx, *, subject_id: UUID, charge_id: UUID, until: datetime, now: datetime
) -> BookingView | None:
    """Somebody begins to pay by a checkout that is open until then: so long it is theirs at least."""
    booking = await locked_booking(tx, booking_id=subject_id)
    if booking is None or booking.state != State.AWAITING_PAYMENT or booking.hold_expires_at is None:
        return booking
    await keep(tx, booking=booking, until=max(booking.hold_expires_at, until + AFTER_CHECKOUT))
    return booking


async def keep(tx: Tx, *, booking: BookingView, until: datetime) -> None:
    """Nobody else is offered its time before."""
    await tx.execute(KEEP, booking.id, until)
    await make_held(tx, subject_id=booking.id, until=until)
