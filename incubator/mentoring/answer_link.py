"""The link in a mail about a meeting by which its reader can say that they cannot come, without signing in."""

from uuid import UUID

from incubator.db.engine import Tx
from incubator.mentoring.queries import NoSuchMeeting, meeting_for, side_of
from incubator.mentoring.states import Side
from incubator.mentoring.views import MeetingView
from incubator.people.actor import Actor, actor_by_account
from incubator.web.letters import link
from incubator.web.links import seal, sealed

ANSWER = "answer-meeting-{account_id}"
"""What it is sealed for: an answer of this person alone."""


def way_out(*, meeting_id: UUID, account_id: UUID) -> str:
    """Opens the page that asks; to open it changes nothing."""
    given = seal(ANSWER.format(account_id=account_id), meeting_id)
    return link(f"/meetings/{meeting_id}/answer/{account_id}/{given}")


async def meeting_to_answer(tx: Tx, *, meeting_id: UUID, account_id: UUID, given: str) -> tuple[Actor, MeetingView]:
    """The person whom the mail went to, and what it is about. Raises NoSuchMeeting where the link is not whole, they
    are gone, or it is theirs no more."""
    if not sealed(ANSWER.format(account_id=account_id), meeting_id, given):
        raise NoSuchMeeting()
    return await meeting_of_reader(tx, meeting_id=meeting_id, account_id=account_id)


async def meeting_of_reader(tx: Tx, *, meeting_id: UUID, account_id: UUID) -> tuple[Actor, MeetingView]:
    """As `meeting_to_answer`, where it is known otherwise who answers. Raises NoSuchMeeting."""
    actor = await actor_by_account(tx, account_id=account_id)
    if actor is None:
        raise NoSuchMeeting()
    meeting = await meeting_for(tx, actor=actor, meeting_id=meeting_id)
    if side_of(actor, meeting) == Side.COORDINATOR:
        raise NoSuchMeeting()
    return actor, meeting
