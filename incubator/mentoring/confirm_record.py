"""Say yes to the record of a meeting. When both sides have, it is locked."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.mentoring.recording import confirmed, must_be_a_side, record_of, write
from incubator.mentoring.states import HAPPENED
from incubator.mentoring.views import MeetingView
from incubator.people.actor import Actor


class NothingToConfirm(Conflict):
    """Nobody has written down yet how it went."""

    code = "nothing_to_confirm"
    sentence = N_("Write down first how long the meeting took and what came of it.")


async def confirm_record(
    tx: Tx, *, actor: Actor, meeting_id: UUID, seen: int | None = None, now: datetime
) -> MeetingView:
    """The record, confirmed by the asker's side. `seen` is the version that they read. Raises NothingToConfirm,
    NotASide, RecordLocked, MeetingNotBegun, WrongMeetingState, ChangedMeanwhile, NoSuchMeeting."""
    meeting, side = await record_of(tx, actor=actor, meeting_id=meeting_id, seen=seen, now=now)
    must_be_a_side(side)
    if meeting.state not in HAPPENED:
        raise NothingToConfirm()
    after = confirmed(meeting, side, now)
    return await write(tx, before=meeting, after=after, actor=actor, verb="confirm_record", now=now)
