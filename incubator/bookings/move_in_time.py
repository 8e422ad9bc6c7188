"""Whether what is paid for may still be moved by who booked it."""

from datetime import datetime

from incubator.bookings.cancel import at_desk
from incubator.bookings.give_back_price import as_rules, steps_of
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
    tx: Tx, *, actor: Actor, booking: BookingView, space: SpaceToBook, period: Period, now: datetime
) -> None:
    """Moved far away, or to a few minutes, and called off then, a booking would cost nothing, whatever the steps of its
    price list say. So while they keep a part, its holder may only make it longer; coordinators may move it. Raises
    TooLateToMove."""
    longer = space.id == booking.space_id and period.contains(booking.period)
    if booking.state not in FIRM or at_desk(actor, booking) or (longer and period.start == booking.period.start):
        return
    steps = await steps_of(tx, booking=booking)
    if steps and percent_back(as_rules(steps), left=booking.period.start - now) < 100:
        raise TooLateToMove()
