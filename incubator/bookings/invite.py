"""A booking as its holder's calendar takes it in from a mail (docs/decisions/0023)."""

from incubator.bookings.calendar_words import SAID, places, said_for, title_of
from incubator.bookings.invite_series import invitations_to_series
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.mail.invitation import Happening, Invitation, Method
from incubator.mail.post import is_invited
from incubator.people.addressee import Addressee
from incubator.people.notices import About
from incubator.web.letters import link

TAKES_PLACE = frozenset({State.CONFIRMED, State.CHECKED_IN})
GIVEN_UP = frozenset({State.CANCELLED, State.DECLINED, State.EXPIRED})


async def invitations_to(tx: Tx, *, view: BookingView, to: Addressee) -> list[Invitation]:
    """What the reader's calendar is told of a booking: that it takes place, or no longer where it was told so before.
    Of a date of a series it is told with all the others: what replaces the whole never doubles. The room of a meeting
    is told of with the meeting."""
    if About.BOOKINGS not in to.invited_to or view.part_of is not None:
        return []
    if view.series_id is not None:
        return await invitations_to_series(tx, series_id=view.series_id, to=to)
    method = _method(view.state, invited=await is_invited(tx, to=to.email, uid=str(view.id)))
    if method is None:
        return []
    return [Invitation(method=method, happenings=[await _told(tx, view, to)])]


async def entry_alone_gone(tx: Tx, *, view: BookingView, to: Addressee) -> Invitation:
    """The entry that a booking had by itself is gone from the reader's calendar, for another tells of it."""
    return Invitation(method=Method.CANCEL, happenings=[await _told(tx, view, to)])


async def _told(tx: Tx, view: BookingView, to: Addressee) -> Happening:
    where = (await places(tx, space_ids=[view.space_id], locale=to.locale))[view.space_id]
    return Happening(
        uid=str(view.id),
        period=view.period,
        summary=title_of(view.state, view.title or where.space, to.locale),
        changed_at=view.changed_at,
        sequence=view.sequence,
        description=said_for(view.organisation_name, to.locale),
        location=where.location,
        url=link(f"/bookings/{view.id}"),
        tentative=view.state in SAID,
    )


def _method(state: State, *, invited: bool) -> Method | None:
    if state in TAKES_PLACE:
        return Method.REQUEST
    if not invited:
        return None
    return Method.REQUEST if state in SAID else Method.CANCEL if state in GIVEN_UP else None
