"""What the link in a mail opens: the booking, and a button for who cannot come. Nobody has to sign in."""

from collections.abc import Mapping

from incubator.bookings.answer_link import ANSWER
from incubator.bookings.booking_to_answer import booking_to_answer
from incubator.bookings.cancel import cancel
from incubator.bookings.cost import cost_of
from incubator.bookings.going_back import CANCELLABLE, going_back
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, Deed
from incubator.people.guards import public
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.people.visit_by_link import visit_by
from incubator.web.i18n import Translator


async def _cancel(asked: Asked) -> None:
    """As if they had signed in and cancelled it."""
    await asked.do(cancel, booking_id=asked.place.id)


async def _booking(tx: Tx, visit: Visit) -> BookingView:
    return await booking_to_answer(tx, actor=visit.actor, booking_id=visit.key("booking_id"))


async def _shown(tx: Tx, visit: Visit, booking: BookingView) -> Shown:
    return Shown(
        "bookings/answer.html",
        booking=booking,
        goes=await going_back(tx, booking_id=booking.id, now=visit.now),
        cost=await cost_of(tx, actor=visit.actor, booking=booking),
        desk=False,
        stands=booking.state in CANCELLABLE and booking.period.end > visit.now and booking.part_of is None,
        now=visit.now,
    )


def _none(_texts: Translator) -> Mapping[str, str]:
    """Nothing is typed here."""
    return {}


handlers = Screen(
    name="answer_of_booking",
    path=ANSWER.path,
    guard=public,
    visited=visit_by(ANSWER),
    about=_booking,
    shows=_shown,
    deeds={"cancel": Deed(_cancel, N_("The booking is cancelled. Thank you for telling us."))},
    labels=_none,
).handlers
