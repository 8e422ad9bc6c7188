"""Tell the calendars that have a booking by its own name that it is a date of a series now."""

from datetime import datetime

from incubator.bookings.calendar_words import places
from incubator.bookings.invite_one import happening_of
from incubator.bookings.series_rules import Pattern, told_by_rule
from incubator.bookings.tell import space_name
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.mail.invitation import Invitation, Method
from incubator.mail.post import is_invited, post
from incubator.people.addressee import Addressee, addressees
from incubator.people.notices import About
from incubator.web.letters import letter


async def tell_joined(tx: Tx, *, booking: BookingView, pattern: Pattern, now: datetime) -> None:
    """Post a mail that takes it out, before the one that puts the series in: of two in one mail, most calendars look at
    the first alone. Nothing where the dates of the series go by their own names."""
    if not told_by_rule(pattern):
        return
    for to in await addressees(tx, account_id=booking.account_id, organisation_id=booking.organisation_id):
        if About.BOOKINGS in to.invited_to and await is_invited(tx, to=to.email, uid=str(booking.id)):
            await _write(tx, to, booking, now)


async def _write(tx: Tx, to: Addressee, booking: BookingView, now: datetime) -> None:
    where = (await places(tx, space_ids=[booking.space_id], locale=to.locale))[booking.space_id]
    gone = Invitation(method=Method.CANCEL, happenings=[happening_of(booking, where, to.locale)])
    space = space_name(booking, to.locale)
    told = letter("bookings/mail/joined.txt", to.locale, booking=booking, name=to.name, space=space)
    await post(tx, to=to.email, subject=told.subject, text=told.text, invitations=[gone], now=now)
