"""Book together with whoever books in the same moment: the quick way to what `hold` does."""

from contextlib import suppress
from datetime import datetime

from incubator.bookings.draft import Order
from incubator.bookings.hold import judged
from incubator.bookings.place_together import Counter
from incubator.bookings.placing import Placing
from incubator.bookings.views import BookingView
from incubator.kernel.errors import Refusal
from incubator.kernel.together import Busy
from incubator.people.actor import Actor
from incubator.places.queries import kept_space


async def hold_together(counter: Counter, *, actor: Actor, order: Order, now: datetime) -> BookingView | None:
    """The booking as `hold` would make it, by what this process remembers of the space. None: not
    this way, and nothing was written; `hold` makes it or says what stands in the way."""
    space = kept_space(space_id=order.space_id, span=order.period)
    if space is None or len(space.resource_ids) > 1 or space.priced or order.extras:
        return None
    try:
        booking = judged(actor=actor, space=space, order=order, now=now)
    except Refusal:
        return None
    with suppress(Busy):
        return await counter(Placing(booking=booking, space=space, holder=actor, now=now))
    return None
