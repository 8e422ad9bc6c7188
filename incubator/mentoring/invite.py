"""A meeting as the calendars of both sides take it in from a mail (docs/decisions/0023)."""

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.kernel.uids import uid_of_meeting
from incubator.mail.invitation import Happening, Invitation, Method
from incubator.mail.post import is_invited
from incubator.mentoring.states import Side, State
from incubator.mentoring.views import MeetingView
from incubator.people.addressee import Addressee
from incubator.people.notices import About
from incubator.web.i18n import translator
from incubator.web.letters import link

SUMMARY = N_("Mentor meeting: {name}")
STREET = "SELECT street, postcode || ' ' || town FROM incubator WHERE id = $1"


async def invitations_to(tx: Tx, *, view: MeetingView, side: Side, to: Addressee) -> list[Invitation]:
    """What the calendar of somebody on this side is told: that it takes place, or no longer where it was told so
    before. Both sides may know where they meet online."""
    if About.MEETINGS not in to.invited_to:
        return []
    if view.state != State.BOOKED and not await is_invited(tx, to=to.email, uid=uid_of_meeting(view.id)):
        return []
    polish, name = to.locale == "pl", view.holder_name if side == Side.MENTOR else view.mentor_name
    told = Happening(
        uid=uid_of_meeting(view.id),
        period=view.period,
        summary=translator(to.locale).gettext(SUMMARY).format(name=name),
        changed_at=view.changed_at,
        sequence=view.sequence,
        description=(view.topic_pl if polish else view.topic_en) or "",
        location=await _place(tx, view, polish=polish) if view.mode == "in_person" else view.online_link,
        url=link(f"/meetings/{view.id}"),
    )
    return [Invitation(method=Method.REQUEST if view.state == State.BOOKED else Method.CANCEL, happenings=[told])]


async def _place(tx: Tx, view: MeetingView, *, polish: bool) -> str:
    room = view.space_name_pl if polish else view.space_name_en or view.space_name_pl
    street = await tx.fetchrow(STREET, view.incubator_id) if view.incubator_id else None
    parts = ("" if view.lost_its_room else room, view.incubator_name, *(street or ()))
    return ", ".join(part.strip() for part in parts if part and part.strip())
