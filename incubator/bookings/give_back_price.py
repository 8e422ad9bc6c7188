"""Give back what a booking cost: all of it, or by the steps of its price list."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from incubator.aid.take_back import take_back
from incubator.bookings.charge import KIND
from incubator.bookings.rules import may_still_cancel
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.invoices.correct_invoice import correct_after_refund
from incubator.payments.cancel_charge import ALL_BACK, cancel_charge
from incubator.payments.locked import locked
from incubator.payments.rules import Step
from incubator.pricing.steps_of_list import steps_of_list
from incubator.pricing.views_lists import StepView

CALLED_OFF, MOVED = "Odwołanie rezerwacji", "Zmiana terminu rezerwacji"
"""Why an invoice is corrected, as the correction says it."""
OWED = "SELECT id FROM charge WHERE subject_kind = 'booking' AND subject_id = $1 ORDER BY id"
# Steps are of what one pays for: what is free, or drawn from a credit, goes by the window of its space.
PAID_BY = """
SELECT list_id FROM (
    SELECT list_id, gross FROM quote WHERE subject_kind = 'booking' AND subject_id = $1 ORDER BY id DESC LIMIT 1
) AS latest WHERE gross > 0
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """What goes back of a booking that is called off: of its price by `steps`, of a credit all or nothing. What was
    drawn from a quota always does."""

    steps: tuple[Step, ...] = ALL_BACK
    credit: bool = True


EVERYTHING = Back()
"""In time, or where the house itself calls it off."""


async def by_steps(tx: Tx, *, booking: BookingView, now: datetime) -> Back:
    """By the list that it was quoted by; everything where that has no steps, and of what is not firm before it is
    paid. A credit goes back within the space's window alone."""
    steps = await steps_of(tx, booking=booking)
    if not steps or booking.state == State.AWAITING_PAYMENT:
        return EVERYTHING
    timely = may_still_cancel(booking.period, cancel_minutes=booking.cancel_minutes, now=now)
    return Back(steps=as_rules(steps), credit=timely or booking.state != State.CONFIRMED)


async def steps_of(tx: Tx, *, booking: BookingView) -> tuple[StepView, ...]:
    """What its price list says of calling off, the step with the most time first; none where it is not paid for."""
    return await steps_of_list(tx, list_id=await tx.fetchval(PAID_BY, booking.id))


def as_rules(steps: tuple[StepView, ...]) -> tuple[Step, ...]:
    return tuple(Step(timedelta(minutes=one.before_minutes), one.percent) for one in steps)


async def give_back_price(
    tx: Tx,
    *,
    booking: BookingView,
    by: UUID | None,
    now: datetime,
    reason: str,
    steps: tuple[Step, ...] = ALL_BACK,
) -> None:
    """For a booking that is called off: of its price the share that `steps` say, with its invoice, and the aid that
    it was. Aid is taken back whole also where a part of the price is kept: it was granted for the use of the space,
    which nobody has now, and what is kept is the same share for everybody, with nothing given up below the market.
    `reason` is a word of ours."""
    left, said = booking.period.start - now, MOVED if reason == "moved" else CALLED_OFF
    for row in await tx.fetch(OWED, booking.id):
        before = await locked(tx, charge_id=row["id"])
        charge = await cancel_charge(tx, charge_id=before.id, steps=steps, left=left, reason=reason, by=by, now=now)
        back = charge.back_net + charge.back_vat - before.back_net - before.back_vat
        if back > 0:
            await correct_after_refund(tx, charge_id=charge.id, refund=back, reason=said, by=by, now=now)
    await take_back(tx, subject_kind=KIND, subject_id=booking.id, actor_id=by, now=now)
