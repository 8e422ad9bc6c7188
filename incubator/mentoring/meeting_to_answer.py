"""What somebody who was written to may say that they cannot come to."""

from uuid import UUID

from incubator.db.engine import Tx
from incubator.mentoring.queries import NoSuchMeeting, meeting_for, side_of
from incubator.mentoring.states import Side
from incubator.mentoring.views import MeetingView
from incubator.people.actor import Actor
from incubator.people.answer_link import reader_by_account


async def meeting_to_answer(tx: Tx, *, actor: Actor, meeting_id: UUID) -> MeetingView:
    """The meeting that a mail to them was about. Raises NoSuchMeeting where it is theirs no more."""
    meeting = await meeting_for(tx, actor=actor, meeting_id=meeting_id)
    if side_of(actor, meeting) == Side.COORDINATOR:
        raise NoSuchMeeting()
    return meeting


async def meeting_of_reader(tx: Tx, *, meeting_id: UUID, account_id: UUID) -> tuple[Actor, MeetingView]:
    """Where who answers is known otherwise than by a link. Raises NoSuchMeeting."""
    actor = await reader_by_account(tx, account_id=account_id, gone=NoSuchMeeting)
    return actor, await meeting_to_answer(tx, actor=actor, meeting_id=meeting_id)
