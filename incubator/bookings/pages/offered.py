"""What a page offers to do with a booking; the verbs themselves decide."""

from datetime import datetime, timedelta

from incubator.bookings.cancel import at_desk
from incubator.bookings.check_in import EARLY
from incubator.bookings.may_move import MOVABLE, STRETCHABLE
from incubator.bookings.repeat_booking import REPEATABLE
from incubator.bookings.states import ALLOWED, State
from incubator.bookings.views import BookingView
from incubator.people.actor import Actor

WEEK = timedelta(days=7)
"""What lasts longer than its rhythm would overlap itself."""


def offered(actor: Actor, booking: BookingView, *, now: datetime, by_steps: bool = False) -> set[str]:
    """The names of what may be done now by `actor`. Where the price list has steps, its holder may call it off until
    it begins."""
    desk, state = at_desk(actor, booking), booking.state
    alone = booking.part_of is None
    in_time = desk or state != State.CONFIRMED or now <= booking.cancel_until
    until_it_begins = by_steps and now < booking.period.start
    window = booking.period.start - EARLY <= now < booking.period.end
    offers = {
        "confirm": state == State.HELD,
        "cancel": State.CANCELLED in ALLOWED[state] and (in_time or until_it_begins) and (alone or desk),
        "move": alone and state in MOVABLE and now < booking.period.start and in_time,
        "extend": alone and state in STRETCHABLE and now < booking.period.end,
        "check_in": state == State.CONFIRMED and window,
        "no_show": desk and state == State.CONFIRMED and now >= booking.period.start,
        "complete": desk and State.COMPLETED in ALLOWED[state] and now >= booking.period.end,
        "repeat": alone and state in REPEATABLE and booking.series_id is None and booking.period.length <= WEEK,
        "late": state == State.CONFIRMED and not desk and booking.cancel_until < now < booking.period.end,
        "decide": desk and state == State.AWAITING_APPROVAL,
    }
    return {name for name, offer in offers.items() if offer}
