"""A coordinator settles what the two sides do not agree on, or never wrote down."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Invalid
from incubator.mentoring.cancel_meeting import MeetingReasonNeeded
from incubator.mentoring.queries import WrongMeetingState, at_desk
from incubator.mentoring.recording import changed, record_of, write
from incubator.mentoring.states import HAPPENED, Side, State
from incubator.mentoring.take_down import LONGEST, MinutesOutOfReach
from incubator.mentoring.views import MeetingView
from incubator.people.actor import Actor
from incubator.people.guards import NotYours


class NotOverYet(Invalid):
    code = "not_over_yet"
    sentence = N_("The meeting is not over yet.")


async def settle_record(
    tx: Tx,
    *,
    actor: Actor,
    meeting_id: UUID,
    state: State,
    minutes: int,
    reason: str,
    seen: int | None = None,
    now: datetime,
) -> MeetingView:
    """The record as a coordinator of the gmina who is neither side says it, locked. Raises MeetingReasonNeeded, MinutesOutOfReach,
    NotOverYet, NotYours, RecordLocked, MeetingNotBegun, WrongMeetingState, ChangedMeanwhile, NoSuchMeeting."""
    meeting, side = await record_of(tx, actor=actor, meeting_id=meeting_id, seen=seen, now=now)
    if not at_desk(actor, meeting) or side != Side.COORDINATOR:
        raise NotYours()
    if state not in HAPPENED:
        raise WrongMeetingState(state.value)
    if not reason.strip():
        raise MeetingReasonNeeded()
    if meeting.period.end > now:
        raise NotOverYet()
    if state == State.TOOK_PLACE and not 1 <= minutes <= LONGEST:
        raise MinutesOutOfReach()
    given = minutes if state == State.TOOK_PLACE else 0
    after = changed(meeting, state=state, minutes=given, outcome=meeting.outcome)
    after = replace(after, settled_by=actor.account_id, settled_reason=reason)
    return await write(tx, before=meeting, after=after, actor=actor, verb="settle_record", now=now)
