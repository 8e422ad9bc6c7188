"""Write to those who lost several bookings at once: one mail to each, whatever the number."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from incubator.bookings.tell import News, space_name, tell
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.mail.post import post
from incubator.people.addressee import addressee
from incubator.web.letters import letter


async def tell_cleared(tx: Tx, *, bookings: Sequence[BookingView], now: datetime) -> None:
    """Post one mail to each person whose bookings were cancelled for one and the same reason, in
    their language; nothing where they were erased."""
    whose: dict[UUID, list[BookingView]] = {}
    for booking in sorted(bookings, key=lambda booking: booking.period):
        whose.setdefault(booking.account_id, []).append(booking)
    for account_id, lost in whose.items():
        if len(lost) == 1:
            await tell(tx, view=lost[0], what=News.CANCELLED, now=now)
        else:
            await _tell_all(tx, account_id, lost, now)


async def _tell_all(tx: Tx, account_id: UUID, lost: Sequence[BookingView], now: datetime) -> None:
    to = await addressee(tx, account_id=account_id)
    if to is None:
        return
    named = [(booking, space_name(booking, to.locale)) for booking in lost]
    told = letter("bookings/mail/cleared.txt", to.locale, lost=named, name=to.name, reason=lost[0].reason)
    await post(tx, to=to.email, subject=told.subject, text=told.text, now=now)
