"""Whether what is paid for may still be moved by who booked it."""

from datetime import datetime

from incubator.bookings.cancel import at_desk
from incubator.bookings.give_back_price import as_rules, steps_of
from incubator.bookings.may_move import NoTimeForApproval
from incubator.bookings.owed import owed_for
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.kernel.period import Period
from incubator.payments.rules import percent_back
from incubator.people.actor import Actor
from incubator.places.queries import SpaceToBook

FIRM = frozenset({State.CONFIRMED, State.CHECKED_IN})


class TooLateToMove(Conflict):
    """By now less than the whole price would go back to who calls it off."""

    code = "too_late_to_move"
    sentence = N_(
        "If you cancelled now, only a part of the price would go back, so this can no longer be moved or made shorter."
        " Please ask the coordinator."
    )


async def must_be_in_time_to_move(
    tx: Tx, *, actor: Actor, booking: BookingView, space: SpaceToBook, period: Period, state: State, now: datetime
) -> bool:
    """Moved far away, or to a few minutes, and called off then, a booking would cost nothing, whatever the steps of its
    price list say. So while they keep a part, its holder may only make it longer, and not into a request, which would
    owe nothing; coordinators may move it. Whether they keep a part. Raises TooLateToMove, NoTimeForApproval."""
    if not await keeps_a_part(tx, actor=actor, booking=booking, now=now):
        return False
    longer = space.id == booking.space_id and period.contains(booking.period)
    if not longer or period.start != booking.period.start:
        raise TooLateToMove()
    if booking.state in FIRM and state not in FIRM:
        raise NoTimeForApproval()
    return True


async def keeps_a_part(tx: Tx, *, actor: Actor, booking: BookingView, now: datetime) -> bool:
    """Whether less than the whole price would go back to its holder, who asks, for calling it off now."""
    # A request that was firm before it was moved owes its price still.
    owes = booking.state in FIRM or await owed_for(tx, booking_id=booking.id)
    if not owes or at_desk(actor, booking):
        return False
    steps = await steps_of(tx, booking=booking)
    return bool(steps) and percent_back(as_rules(steps), left=booking.period.start - now) < 100
