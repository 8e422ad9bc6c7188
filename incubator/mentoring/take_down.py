"""Write down how long a meeting took and what came of it, for both sides to confirm."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Invalid
from incubator.mentoring.recording import changed, confirmed, must_be_a_side, record_of, write
from incubator.mentoring.states import State
from incubator.mentoring.views import MeetingView
from incubator.people.actor import Actor


class MinutesOutOfReach(Invalid):
    """No meeting lasts so long; who did not meet at all says so in another way."""

    code = "minutes_out_of_reach"
    sentence = N_("Write between 1 and 480 minutes. If nobody came, say who missed the meeting.")


LONGEST = 480


async def take_down(
    tx: Tx,
    *,
    actor: Actor,
    meeting_id: UUID,
    minutes: int,
    outcome: str,
    confirming: bool = False,
    seen: int | None = None,
    now: datetime,
) -> MeetingView:
    """The record as one side proposes it: `minutes` and an `outcome` that both read. Where it says something new,
    whoever had confirmed what it said before has to look again; with `confirming` the asker's side says yes to it.
    The budget stays drawn by what was booked.

    Raises MinutesOutOfReach, NotASide, RecordLocked, MeetingNotBegun, WrongMeetingState, ChangedMeanwhile,
    NoSuchMeeting."""
    meeting, side = await record_of(tx, actor=actor, meeting_id=meeting_id, seen=seen, now=now)
    must_be_a_side(side)
    if not 1 <= minutes <= LONGEST:
        raise MinutesOutOfReach()
    after = changed(meeting, state=State.TOOK_PLACE, minutes=minutes, outcome=outcome)
    after = confirmed(after, side, now) if confirming else after
    return await write(tx, before=meeting, after=after, actor=actor, verb="take_down", now=now)
