"""The record of a meeting, and what writing it shares: who may, when, and what becomes of the other's yes."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Forbidden
from incubator.mentoring.aid import take_meeting_back
from incubator.mentoring.queries import WrongMeetingState, meeting_for, side_of
from incubator.mentoring.save import give_back, note
from incubator.mentoring.states import ALLOWED, HAPPENED, Side, State
from incubator.mentoring.views import MeetingView
from incubator.people.actor import Actor
from incubator.web.etags import must_be_current

WAIT = timedelta(minutes=15)
"""So long one waits for the other side before saying that it did not come."""


class MeetingNotBegun(Conflict):
    code = "mentor_meeting_not_begun"
    sentence = N_("The meeting has not begun yet.")


class RecordLocked(Conflict):
    """Both sides have confirmed it, or a coordinator has settled it."""

    code = "record_locked"
    sentence = N_("The record of this meeting is closed and can no longer be changed.")


class NotASide(Forbidden):
    """A coordinator, who settles a record but does not confirm it for others."""

    code = "not_a_side"
    sentence = N_("Only those who met can do this. A coordinator settles the record, with a reason.")


WRITE = """
UPDATE meeting SET state = $2, minutes = $3, outcome = $4, mentor_confirmed_at = $5, mentor_confirmed_by = $6,
    startup_confirmed_at = $7, startup_confirmed_by = $8, settled_by = $9, settled_reason = $10, locked_at = $11,
    changed_at = $12, sequence = sequence + 1
WHERE id = $1
"""
CONFIRMED_BY = "SELECT mentor_confirmed_by, startup_confirmed_by FROM meeting WHERE id = $1"


async def record_of(
    tx: Tx, *, actor: Actor, meeting_id: UUID, seen: int | None, now: datetime
) -> tuple[MeetingView, Side]:
    """The meeting, locked against others, and the side of who asks. Raises NoSuchMeeting, RecordLocked,
    WrongMeetingState, MeetingNotBegun, ChangedMeanwhile."""
    meeting = await meeting_for(tx, actor=actor, meeting_id=meeting_id, lock=True)
    if meeting.locked_at is not None:
        raise RecordLocked()
    if meeting.state == State.CANCELLED:
        raise WrongMeetingState(meeting.state.value)
    if meeting.period.start > now:
        raise MeetingNotBegun()
    must_be_current(meeting.sequence, seen)
    return meeting, side_of(actor, meeting)


def must_be_a_side(side: Side) -> None:
    if side == Side.COORDINATOR:
        raise NotASide()


def confirmed(meeting: MeetingView, side: Side, now: datetime) -> MeetingView:
    """With this side's yes."""
    if side == Side.MENTOR:
        return replace(meeting, mentor_confirmed_at=meeting.mentor_confirmed_at or now)
    return replace(meeting, startup_confirmed_at=meeting.startup_confirmed_at or now)


def changed(meeting: MeetingView, *, state: State, minutes: int, outcome: str) -> MeetingView:
    """Another record: nobody has confirmed that yet. Raises WrongMeetingState."""
    if (state, minutes, outcome) == (meeting.state, meeting.minutes, meeting.outcome):
        return meeting
    if state not in ALLOWED[meeting.state]:
        raise WrongMeetingState(meeting.state.value)
    return replace(
        meeting, state=state, minutes=minutes, outcome=outcome, mentor_confirmed_at=None, startup_confirmed_at=None
    )


async def write(
    tx: Tx, *, before: MeetingView, after: MeetingView, actor: Actor, verb: str, now: datetime
) -> MeetingView:
    """Keep the record; with both sides' yes, or settled, it is locked for good, and what a mentor missed is
    given back."""
    done = after.settled_by is not None or bool(after.mentor_confirmed_at and after.startup_confirmed_at)
    assert not done or after.state in HAPPENED
    kept = await tx.fetchrow(CONFIRMED_BY, after.id)
    assert kept is not None
    by_mentor = _who(before.mentor_confirmed_at, after.mentor_confirmed_at, kept["mentor_confirmed_by"], actor)
    by_startup = _who(before.startup_confirmed_at, after.startup_confirmed_at, kept["startup_confirmed_by"], actor)
    if done and after.state == State.MISSED_BY_MENTOR:
        await give_back(tx, meeting=after)
    await tx.execute(
        WRITE,
        after.id,
        after.state,
        after.minutes,
        after.outcome,
        after.mentor_confirmed_at,
        by_mentor,
        after.startup_confirmed_at,
        by_startup,
        after.settled_by,
        after.settled_reason,
        now if done else None,
        now,
    )
    await note(tx, before=before, after=after, verb=verb, actor_id=actor.account_id, now=now)
    if done and after.state == State.MISSED_BY_MENTOR:
        await take_meeting_back(tx, meeting=after, by=actor.account_id, now=now)
    return replace(after, locked_at=now if done else None, changed_at=now, sequence=before.sequence + 1)


def _who(before: datetime | None, after: datetime | None, kept: UUID | None, actor: Actor) -> UUID | None:
    if after is None:
        return None
    return kept if before == after else actor.account_id
