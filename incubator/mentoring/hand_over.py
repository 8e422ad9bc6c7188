"""Another mentor takes a meeting over, at the same time and place."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from incubator.bookings.retitle_part import retitle_part
from incubator.db.engine import Tx
from incubator.kernel.errors import Conflict, Forbidden, Invalid
from incubator.mentoring.redraw import redraw
from incubator.mentoring.room import title_of
from incubator.mentoring.rules import Wish, fitting
from incubator.mentoring.save import give_mentor_back, room_of, save
from incubator.mentoring.tell import News, tell, tell_replaced
from incubator.mentoring.to_meet import MentorToMeet
from incubator.mentoring.views import MeetingView
from incubator.occupancy.release import release
from incubator.occupancy.take import take
from incubator.people.actor import Actor
from incubator.web.i18n import LOCALES


async def hand_over(
    tx: Tx, *, meeting: MeetingView, mentor: MentorToMeet, to: MentorToMeet | None, actor: Actor, now: datetime
) -> MeetingView | None:
    """The meeting with the stand-in, who knows its topic, has hours then, at that place, and is free; None where not, and nothing
    was written. What the startup drew stays; the contract is the stand-in's now. The caller has the meeting
    locked and its time of `mentor` released."""
    if to is None or to.account_id == meeting.account_id or not _offers(to, meeting, now):
        return None
    period = meeting.period.extended(to.pause)
    if not await take(tx, resource_ids=[to.resource_id], period=period, purpose="meeting", subject_id=meeting.id):
        return None
    try:
        given = await redraw(tx, meeting=replace(meeting, mentor_id=to.id), startup=False)
    except Conflict:  # the stand-in's contract does not reach
        await release(tx, subject_id=meeting.id)
        return None
    await give_mentor_back(tx, meeting=meeting)
    given = replace(
        given,
        mentor_slug=to.slug,
        mentor_name=to.name,
        mentor_account_id=to.account_id,
        online_link=to.online_link,
        cancel_minutes=to.cancel_minutes,
    )
    given = _in_for(given, meeting.stands_in_for or mentor.id, meeting.stands_in_for_name or mentor.name)
    given = await save(tx, before=meeting, after=given, verb="hand_over", actor_id=actor.account_id, now=now)
    await _rename_room(tx, meeting, given, actor, now)
    # The mail tells who is away now, whoever the meeting was with to begin with.
    await tell(tx, view=replace(given, stands_in_for_name=mentor.name), what=News.HANDED_OVER, by=actor, now=now)
    await tell_replaced(tx, meeting=meeting, given=given, now=now)
    return given


def _in_for(given: MeetingView, first: UUID, name: str) -> MeetingView:
    """Whose meeting it was to begin with; nobody stands in once it has come back to them."""
    back = first == given.mentor_id
    return replace(given, stands_in_for=None if back else first, stands_in_for_name=None if back else name)


async def _rename_room(tx: Tx, before: MeetingView, after: MeetingView, actor: Actor, now: datetime) -> None:
    """On the door stands who is met there, in the language it was written in; a title that somebody gave it stays."""
    room = await room_of(tx, meeting=after) if after.booking_id else None
    titles = {title_of(before, locale): title_of(after, locale) for locale in LOCALES}
    if room is not None and room.title in titles:
        await retitle_part(tx, booking=room, title=titles[room.title], actor_id=actor.account_id, now=now)


def _offers(to: MentorToMeet, meeting: MeetingView, now: datetime) -> bool:
    """Whether the stand-in knows about it and has hours for it; how long before it was booked no longer matters."""
    if meeting.topic_slug is not None and meeting.topic_slug not in to.topics:
        return False
    wish = Wish(
        period=meeting.period,
        mode=meeting.mode,
        incubator_id=meeting.incubator_id,
        account_id=meeting.account_id,
        for_organisation=meeting.organisation_id is not None,
        programmes=frozenset({meeting.programme_id} if meeting.programme_id else ()),
        now=now,
    )
    try:
        fitting(wish, to)
    except (Invalid, Forbidden):
        return False
    return True
