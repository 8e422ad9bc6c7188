"""Write to who booked of what somebody else did with it: nobody is told of their own deeds, but for their calendar
where it has the booking from a mail of ours."""

from datetime import datetime

from incubator.bookings.series import SeriesView
from incubator.bookings.states import State
from incubator.bookings.tell import News, tell, tell_calendar
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.addressee import belongs


async def tell_cancelled(tx: Tx, *, actor: Actor, view: BookingView, now: datetime) -> None:
    """Post one mail to the person who booked, unless `actor` is that person."""
    if await is_news(tx, actor=actor, of=view):
        await tell(tx, view=view, what=News.CALLED_OFF if by_colleague(actor, view) else News.CANCELLED, now=now)
    elif view.account_id == actor.account_id:
        await tell_calendar(tx, view=view, what=News.OWN_CANCELLED, now=now)


async def tell_moved(tx: Tx, *, actor: Actor, before: BookingView, after: BookingView, now: datetime) -> None:
    """The same of a move, where it was one; another title is for the calendar alone. A request that needs no answer any more is confirmed to
    everybody, as one that was answered is."""
    if (before.period, before.space_id) == (after.period, after.space_id):
        if before.title != after.title:
            await tell_calendar(tx, view=after, what=News.CHANGED, now=now)
        return
    if before.state == State.AWAITING_APPROVAL and after.state == State.CONFIRMED:
        itself = after.account_id == actor.account_id or by_colleague(actor, after)
        await tell(tx, view=after, what=News.CONFIRMED if itself else News.APPROVED, now=now)
    elif await is_news(tx, actor=actor, of=after):
        await tell(tx, view=after, what=News.MOVED, now=now)
    elif after.account_id == actor.account_id:
        await tell_calendar(tx, view=after, what=News.CHANGED, now=now)


async def is_news(tx: Tx, *, actor: Actor, of: BookingView | SeriesView) -> bool:
    """Whether who booked is told of what `actor` did. What colleagues do is no longer theirs to know
    once they have left the organisation."""
    if of.account_id == actor.account_id:
        return False
    if not by_colleague(actor, of):
        return True
    return await belongs(tx, account_id=of.account_id, organisation_id=of.organisation_id)


def by_colleague(actor: Actor, of: BookingView | SeriesView) -> bool:
    """Whether the person acts for the organisation that it is booked for."""
    return of.organisation_id in actor.organisations
