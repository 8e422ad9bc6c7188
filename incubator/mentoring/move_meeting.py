"""Move a meeting to another time of the same mentor: the old time is given up and the new one taken, with a
room again where there was one, in one transaction, or nothing changes."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.period import Period
from incubator.mentoring.aid import regrant_meeting
from incubator.mentoring.cancel_meeting import must_be_changeable
from incubator.mentoring.left import left_of
from incubator.mentoring.move_room import move_room
from incubator.mentoring.place import MentorTaken
from incubator.mentoring.queries import meeting_for, side_of
from incubator.mentoring.redraw import redraw
from incubator.mentoring.rules import Wish, check
from incubator.mentoring.save import give_back, room_of, save
from incubator.mentoring.states import Side
from incubator.mentoring.tell import News, tell
from incubator.mentoring.to_meet import MentorToMeet, mentor_to_meet
from incubator.mentoring.views import MeetingView
from incubator.occupancy.release import release
from incubator.occupancy.take import take
from incubator.people.actor import Actor


async def move_meeting(tx: Tx, *, actor: Actor, meeting_id: UUID, period: Period, now: datetime) -> MeetingView:
    """The meeting at its new time, which the mentor has to offer in the same way and at the same place; mentor
    and coordinator may move it to a time sooner than the mentor's lead. The other side is written to.

    Raises MentorTaken, NoRoomFree, TooLateForMeeting, MeetingHasBegun, WrongMeetingState, NoSuchMeeting, the
    refusals of budgets and of aid, and what the rules raise; then the transaction has to be rolled back."""
    meeting = await meeting_for(tx, actor=actor, meeting_id=meeting_id, lock=True)
    side = side_of(actor, meeting)
    must_be_changeable(actor, meeting, side, now)
    if period == meeting.period:
        return meeting
    mentor = await mentor_to_meet(tx, mentor_id=meeting.mentor_id)
    moved = await _retaken(tx, meeting, mentor, side, period, now)
    room = await room_of(tx, meeting=meeting) if meeting.booking_id else None
    if room is not None:
        moved = await move_room(tx, meeting=moved, room=room, actor_id=actor.account_id, now=now)
    moved = await save(tx, before=meeting, after=moved, verb="move", actor_id=actor.account_id, now=now)
    await regrant_meeting(tx, before=meeting, after=moved, by=actor.account_id, now=now)
    await tell(tx, view=moved, what=News.MOVED, by=actor, now=now)
    return moved


async def _retaken(
    tx: Tx, meeting: MeetingView, mentor: MentorToMeet, side: Side, period: Period, now: datetime
) -> MeetingView:
    """The mentor's new time taken, and drawn on the budgets of its day and month."""
    await give_back(tx, meeting=meeting)
    await release(tx, subject_id=meeting.id)
    left = await left_of(
        tx,
        gmina_id=meeting.gmina_id,
        account_id=meeting.account_id,
        organisation_id=meeting.organisation_id,
        period=period,
    )
    wish = Wish(
        period=period,
        mode=meeting.mode,
        incubator_id=meeting.incubator_id,
        account_id=meeting.account_id,
        for_organisation=meeting.organisation_id is not None,
        programmes=left.programmes,
        now=now,
    )
    offered = check(wish, mentor if side == Side.STARTUP else replace(mentor, lead_minutes=0))
    moved = replace(meeting, period=period, programme_id=offered.programme_id)
    whole = period.extended(mentor.pause)
    if not await take(tx, resource_ids=[mentor.resource_id], period=whole, purpose="meeting", subject_id=meeting.id):
        raise MentorTaken(mentor.id, period)
    return await redraw(tx, meeting=moved)
