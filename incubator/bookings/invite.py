"""A booking as its holder's calendar takes it in from a mail (docs/decisions/0023)."""

from incubator.bookings.calendar_words import places
from incubator.bookings.invite_one import happening_of, method_of
from incubator.bookings.invite_series import invitations_to_series
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.mail.invitation import Invitation
from incubator.mail.post import is_invited
from incubator.people.addressee import Addressee
from incubator.people.notices import About


async def invitations_to(tx: Tx, *, view: BookingView, to: Addressee) -> list[Invitation]:
    """What the reader's calendar is told of a booking: that it takes place, or no longer where it was told so before.
    Of a date of a series it is told with all the others: what replaces the whole never doubles. The room of a meeting
    is told of with the meeting."""
    if About.BOOKINGS not in to.invited_to or view.part_of is not None:
        return []
    if view.series_id is not None:
        return await invitations_to_series(tx, series_id=view.series_id, to=to)
    method = method_of(view.state, invited=await is_invited(tx, to=to.email, uid=str(view.id)))
    if method is None:
        return []
    where = (await places(tx, space_ids=[view.space_id], locale=to.locale))[view.space_id]
    told = happening_of(view, where, to.locale)
    return [Invitation(method=method, happenings=[told])]
