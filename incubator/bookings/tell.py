"""Write to the holder of a booking what became of it, in the transaction in which it did."""

from datetime import datetime
from enum import StrEnum

from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.mail.post import post
from incubator.people.addressee import addressee
from incubator.web.letters import letter


class News(StrEnum):
    """What there is to tell; each is a template in `templates/mail/`."""

    CONFIRMED = "confirmed"
    AWAITING_APPROVAL = "awaiting_approval"
    APPROVED = "approved"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    CALLED_OFF = "called_off"
    MOVED = "moved"
    OFFERED = "offered"


async def tell(tx: Tx, *, view: BookingView, what: News, now: datetime) -> None:
    """Post one mail to the person who booked, in their language; nothing where they were erased.
    `tx` is in a transaction. A hold that its owner made is no news."""
    to = await addressee(tx, account_id=view.account_id)
    if to is None:
        return
    told = letter(
        f"bookings/mail/{what}.txt",
        to.locale,
        booking=view,
        name=to.name,
        space=space_name(view, to.locale),
    )
    await post(tx, to=to.email, subject=told.subject, text=told.text, now=now)


def space_name(view: BookingView, locale: str) -> str:
    """What the booked space is called in this language."""
    return view.space_name_pl if locale == "pl" else view.space_name_en or view.space_name_pl
