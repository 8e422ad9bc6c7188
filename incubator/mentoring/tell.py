"""Write to both sides of a meeting what became of it, in the transaction in which it did."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from incubator.db.engine import Tx
from incubator.kernel.uids import uid_of_meeting
from incubator.mail.invitation import Invitation
from incubator.mail.post import is_invited, post
from incubator.mentoring.answer_link import ANSWER
from incubator.mentoring.invite import invitations_to
from incubator.mentoring.states import Side, State
from incubator.mentoring.views import MeetingView
from incubator.people.actor import Actor
from incubator.people.addressee import Addressee, addressees
from incubator.people.notices import About
from incubator.web.letters import letter


class News(StrEnum):
    """What there is to tell; each is a template in `templates/mail/`."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    MOVED = "moved"
    HANDED_OVER = "handed_over"
    ROOM_LOST = "room_lost"
    CONFIRM_PLEASE = "confirm_please"
    OWN_CANCELLED = "own_cancelled"
    OWN_MOVED = "own_moved"
    HANDED_ON = "handed_on"
    REMINDER = "reminder"


OF_OWN = {News.CANCELLED: News.OWN_CANCELLED, News.MOVED: News.OWN_MOVED}
"""What is told to the calendar of whose deed it was, where it has the meeting from a mail of ours."""


async def tell(tx: Tx, *, view: MeetingView, what: News, by: Actor | None = None, now: datetime) -> None:
    """Post a mail to each side, in its language; nobody is told of their own deeds, but for their calendar. To the
    startup: who booked, or the owners of the organisation that they have left."""
    startup = await addressees(tx, account_id=view.account_id, organisation_id=view.organisation_id)
    mentor = await addressees(tx, account_id=view.mentor_account_id, organisation_id=None)
    for side, people in ((Side.STARTUP, startup), (Side.MENTOR, mentor)):
        if by is None or by.account_id != (view.account_id if side == Side.STARTUP else view.mentor_account_id):
            for to in people:
                await write(tx, to=to, side=side, view=view, what=what, now=now)
        elif what in OF_OWN:
            await tell_calendars(tx, people=people, side=side, view=view, what=OF_OWN[what], now=now)


async def tell_calendars(
    tx: Tx, *, people: Sequence[Addressee], side: Side, view: MeetingView, what: News, now: datetime
) -> None:
    """Write to those alone whose calendar has the meeting from a mail of ours."""
    for to in people:
        if About.MEETINGS in to.invited_to and await is_invited(tx, to=to.email, uid=uid_of_meeting(view.id)):
            await write(tx, to=to, side=side, view=view, what=what, now=now)


async def tell_replaced(tx: Tx, *, meeting: MeetingView, given: MeetingView, now: datetime) -> None:
    """Take a meeting that somebody else stands in for out of the calendar of the mentor that it was with."""
    gone = replace(given, state=State.CANCELLED, stands_in_for_name=meeting.mentor_name)
    people = await addressees(tx, account_id=meeting.mentor_account_id, organisation_id=None)
    await tell_calendars(tx, people=people, side=Side.MENTOR, view=gone, what=News.HANDED_ON, now=now)


async def write(tx: Tx, *, to: Addressee, side: Side, view: MeetingView, what: News, now: datetime) -> None:
    """Post the one mail of `tell` to somebody of this side."""
    told = letter(
        f"mentoring/mail/{what}.txt",
        to.locale,
        meeting=view,
        name=to.name,
        side=side.value,
        way_out=_way_out(view, to),
        who=view.holder_name if side == Side.MENTOR else view.mentor_name,
        topic=(view.topic_pl if to.locale == "pl" else view.topic_en) or "",
        space=(view.space_name_pl if to.locale == "pl" else view.space_name_en or view.space_name_pl) or "",
    )
    invitations: list[Invitation] = []
    if what not in {News.CONFIRM_PLEASE, News.REMINDER}:
        invitations = await invitations_to(tx, view=view, side=side, to=to)
    await post(tx, to=to.email, subject=told.subject, text=told.text, invitations=invitations, now=now)


def _way_out(view: MeetingView, to: Addressee) -> str:
    """Where there is something to call off."""
    if view.state != State.BOOKED or to.account_id is None:
        return ""
    return ANSWER.to(view.id, account_id=to.account_id)


async def remind(tx: Tx, *, view: MeetingView, now: datetime) -> None:
    """Ask each side that has not confirmed the record to do so."""
    if view.startup_confirmed_at is None:
        for to in await addressees(tx, account_id=view.account_id, organisation_id=view.organisation_id):
            await write(tx, to=to, side=Side.STARTUP, view=view, what=News.CONFIRM_PLEASE, now=now)
    if view.mentor_confirmed_at is None:
        for to in await addressees(tx, account_id=view.mentor_account_id, organisation_id=None):
            await write(tx, to=to, side=Side.MENTOR, view=view, what=News.CONFIRM_PLEASE, now=now)
