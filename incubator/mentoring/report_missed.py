"""The other side did not come."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.mentoring.recording import WAIT, changed, confirmed, must_be_a_side, record_of, write
from incubator.mentoring.states import Side, State
from incubator.mentoring.views import MeetingView
from incubator.people.actor import Actor


@dataclass(eq=False)
class WaitALittle(Conflict):
    code = "wait_a_little"
    sentence = N_("Please wait for the other side until {until}.")
    until: datetime


async def report_missed(
    tx: Tx, *, actor: Actor, meeting_id: UUID, seen: int | None = None, now: datetime
) -> MeetingView:
    """The record says that the other side missed the meeting; who says so has confirmed it. Until it is locked the
    other side may write it otherwise. Once locked, what a mentor missed is given back to both budgets.

    Raises WaitALittle, NotASide, RecordLocked, MeetingNotBegun, WrongMeetingState, ChangedMeanwhile,
    NoSuchMeeting."""
    meeting, side = await record_of(tx, actor=actor, meeting_id=meeting_id, seen=seen, now=now)
    must_be_a_side(side)
    if now < meeting.period.start + WAIT:
        raise WaitALittle(meeting.period.start + WAIT)
    state = State.MISSED_BY_STARTUP if side == Side.MENTOR else State.MISSED_BY_MENTOR
    after = confirmed(changed(meeting, state=state, minutes=0, outcome=meeting.outcome), side, now)
    return await write(tx, before=meeting, after=after, actor=actor, verb="report_missed", now=now)
