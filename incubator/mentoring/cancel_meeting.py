"""Call a meeting off: the startup in time, the mentor and the coordinator at any time before, with a reason."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.mentoring.clock import may_still_cancel
from incubator.mentoring.queries import WrongMeetingState, at_desk, meeting_for, side_of
from incubator.mentoring.save import called_off
from incubator.mentoring.states import Side, State
from incubator.mentoring.tell import News, tell
from incubator.mentoring.views import MeetingView
from incubator.people.actor import Actor


@dataclass(eq=False)
class TooLateForMeeting(Conflict):
    """The mentor has kept the time free, and it counts."""

    code = "too_late_for_meeting"
    sentence = N_("The meeting could be changed or called off until {cancel_until}. Please contact the coordinator.")
    cancel_until: datetime


class MeetingReasonNeeded(Invalid):
    code = "meeting_reason_needed"
    sentence = N_("Please give a reason: the other side will read it.")


class MeetingHasBegun(Conflict):
    """What has begun is taken down, not called off."""

    code = "meeting_has_begun"
    sentence = N_("The meeting has begun. Write down how it went instead.")


async def cancel_meeting(tx: Tx, *, actor: Actor, meeting_id: UUID, reason: str = "", now: datetime) -> MeetingView:
    """The meeting, cancelled; mentor and room are free, and the minutes are given back; the other side (both,
    when a coordinator does it) is written to. Raises TooLateForMeeting, MeetingReasonNeeded, MeetingHasBegun,
    WrongMeetingState, NoSuchMeeting."""
    meeting = await meeting_for(tx, actor=actor, meeting_id=meeting_id, lock=True)
    side = side_of(actor, meeting)
    must_be_changeable(actor, meeting, side, now)
    if side != Side.STARTUP and not reason.strip():
        raise MeetingReasonNeeded()
    cancelled = await called_off(tx, meeting=meeting, side=side, reason=reason, actor_id=actor.account_id, now=now)
    await tell(tx, view=cancelled, what=News.CANCELLED, by=actor, now=now)
    return cancelled


def must_be_changeable(actor: Actor, meeting: MeetingView, side: Side, now: datetime) -> None:
    """Raises WrongMeetingState, MeetingHasBegun, TooLateForMeeting."""
    if meeting.state != State.BOOKED:
        raise WrongMeetingState(meeting.state.value)
    if meeting.period.start <= now:
        raise MeetingHasBegun()
    in_time = may_still_cancel(meeting.period, cancel_minutes=meeting.cancel_minutes, now=now)
    if side == Side.STARTUP and not in_time and not at_desk(actor, meeting):
        raise TooLateForMeeting(meeting.cancel_until)
