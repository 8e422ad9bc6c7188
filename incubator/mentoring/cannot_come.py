"""Call a meeting off because the calendar of one of both sides answered by mail that they cannot come."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.mentoring.cancel_meeting import cancel_meeting
from incubator.mentoring.meeting_to_answer import meeting_of_reader
from incubator.mentoring.queries import side_of
from incubator.mentoring.states import Side

DECLINED = N_("They cannot come then after all.")


class MeetingOfAnother(Conflict):
    """Somebody of the same organisation booked it: one of them who cannot come does not speak for the others."""

    code = "meeting_of_another"
    sentence = N_("Somebody else of your organisation booked the meeting, and may still come. So it stands.")


async def cannot_come(tx: Tx, *, meeting_id: UUID, account_id: UUID, reason: str, now: datetime) -> None:
    """The meeting is called off, as if its reader had done it; `reason` is what they wrote beside their answer. Raises
    MeetingOfAnother, and what `cancel_meeting` does."""
    actor, meeting = await meeting_of_reader(tx, meeting_id=meeting_id, account_id=account_id)
    if side_of(actor, meeting) == Side.STARTUP and meeting.account_id != actor.account_id:
        raise MeetingOfAnother()
    await cancel_meeting(tx, actor=actor, meeting_id=meeting_id, reason=reason.strip() or DECLINED, now=now)
