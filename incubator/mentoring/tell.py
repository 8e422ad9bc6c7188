"""Write to both sides of a meeting what became of it, in the transaction in which it did."""

from datetime import datetime
from enum import StrEnum

from incubator.db.engine import Tx
from incubator.mail.post import post
from incubator.mentoring.states import Side
from incubator.mentoring.views import MeetingView
from incubator.people.actor import Actor
from incubator.people.addressee import Addressee, addressees
from incubator.web.letters import letter


class News(StrEnum):
    """What there is to tell; each is a template in `templates/mail/`."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    MOVED = "moved"
    HANDED_OVER = "handed_over"
    ROOM_LOST = "room_lost"
    CONFIRM_PLEASE = "confirm_please"


async def tell(tx: Tx, *, view: MeetingView, what: News, by: Actor | None = None, now: datetime) -> None:
    """Post a mail to each side, in its language; nobody is told of their own deeds. To the startup: who booked,
    or the owners of the organisation that they have left."""
    startup = await addressees(tx, account_id=view.account_id, organisation_id=view.organisation_id)
    mentor = await addressees(tx, account_id=view.mentor_account_id, organisation_id=None)
    for side, people in ((Side.STARTUP, startup), (Side.MENTOR, mentor)):
        if by is None or by.account_id != (view.account_id if side == Side.STARTUP else view.mentor_account_id):
            for to in people:
                await write(tx, to=to, side=side, view=view, what=what, now=now)


async def write(tx: Tx, *, to: Addressee, side: Side, view: MeetingView, what: News, now: datetime) -> None:
    """Post the one mail of `tell` to somebody of this side."""
    told = letter(
        f"mentoring/mail/{what}.txt",
        to.locale,
        meeting=view,
        name=to.name,
        side=side.value,
        who=view.holder_name if side == Side.MENTOR else view.mentor_name,
        topic=(view.topic_pl if to.locale == "pl" else view.topic_en) or "",
        space=(view.space_name_pl if to.locale == "pl" else view.space_name_en or view.space_name_pl) or "",
    )
    await post(tx, to=to.email, subject=told.subject, text=told.text, now=now)


async def remind(tx: Tx, *, view: MeetingView, now: datetime) -> None:
    """Ask each side that has not confirmed the record to do so."""
    if view.startup_confirmed_at is None:
        for to in await addressees(tx, account_id=view.account_id, organisation_id=view.organisation_id):
            await write(tx, to=to, side=Side.STARTUP, view=view, what=News.CONFIRM_PLEASE, now=now)
    if view.mentor_confirmed_at is None:
        for to in await addressees(tx, account_id=view.mentor_account_id, organisation_id=None):
            await write(tx, to=to, side=Side.MENTOR, view=view, what=News.CONFIRM_PLEASE, now=now)
