"""Write to those who lost several bookings at once: one mail to each, whatever the number."""

from collections.abc import Sequence
from datetime import datetime

from incubator.bookings.invite import invitations_to
from incubator.bookings.tell import News, space_name, write
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.mail.invitation import Invitation
from incubator.mail.post import post
from incubator.people.addressee import Addressee, addressees
from incubator.web.letters import letter


async def tell_cleared(tx: Tx, *, bookings: Sequence[BookingView], now: datetime) -> None:
    """Post one mail to each whose bookings were cancelled for one and the same reason, in their
    language: as `tell`, to the person who booked or to the owners of an organisation that they left."""
    whose: dict[Addressee, list[BookingView]] = {}
    for booking in sorted(bookings, key=lambda booking: booking.period):
        for to in await addressees(tx, account_id=booking.account_id, organisation_id=booking.organisation_id):
            whose.setdefault(to, []).append(booking)
    for to, lost in whose.items():
        if len(lost) == 1:
            await write(tx, to=to, view=lost[0], what=News.CANCELLED, now=now)
        else:
            await _write_all(tx, to, lost, now)


async def _write_all(tx: Tx, to: Addressee, lost: Sequence[BookingView], now: datetime) -> None:
    named = [(booking, space_name(booking, to.locale)) for booking in lost]
    told = letter("bookings/mail/cleared.txt", to.locale, lost=named, name=to.name, reason=lost[0].reason)
    await post(
        tx, to=to.email, subject=told.subject, text=told.text, invitations=await _invitations(tx, to, lost), now=now
    )


async def _invitations(tx: Tx, to: Addressee, lost: Sequence[BookingView]) -> list[Invitation]:
    """A series once, however many of its dates are lost."""
    once = {booking.series_id or booking.id: booking for booking in lost}
    found = [await invitations_to(tx, view=booking, to=to) for booking in once.values()]
    return [each for some in found for each in some]
