"""Take a booking that has become a date of a series out of the calendars that have it by itself: the series tells of it
there, and would be beside it."""

from datetime import datetime

from incubator.bookings.invite import entry_alone_gone
from incubator.bookings.tell import space_name
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.mail.post import is_invited, post
from incubator.people.addressee import addressees
from incubator.people.notices import About
from incubator.web.letters import letter


async def tell_joined(tx: Tx, *, view: BookingView, now: datetime) -> None:
    """Post a mail to those alone whose calendar has it from us; one mail has one invitation, so the series comes by
    another."""
    for to in await addressees(tx, account_id=view.account_id, organisation_id=view.organisation_id):
        if await is_invited(tx, to=to.email, uid=str(view.id)) and About.BOOKINGS in to.invited_to:
            space = space_name(view, to.locale)
            told = letter(
                "bookings/mail/joined.txt", to.locale, booking=view, name=to.name, space=space, way_out="", steps=()
            )
            gone = await entry_alone_gone(tx, view=view, to=to)
            await post(tx, to=to.email, subject=told.subject, text=told.text, invitations=[gone], now=now)
