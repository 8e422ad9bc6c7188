"""An hour of a mentor is de minimis aid of the gmina that runs the mentor, where it is given to a company
(incubator/aid/grant_hours.py): granted when the meeting is booked, for the time that was booked.

It follows the minutes. Where those are given back (called off in time or by the house, missed by the mentor), it is
taken back. Where the startup did not come it stays: the right had arisen, and the hour was kept for them. Minutes that a
programme granted are counted here alone, when they are used."""

from datetime import datetime
from uuid import UUID

from incubator.aid.benchmarks import What, counted
from incubator.aid.enter import Subject
from incubator.aid.grant_hours import Hours, grant_hours, regrant_hours, worth_of
from incubator.aid.take_back import take_back
from incubator.db.engine import Tx
from incubator.mentoring.views import MeetingView

KIND = "meeting"
COUNTED = counted(what=What.MENTOR, gmina="asked.gmina_id", organisation="asked.organisation_id", moment="asked.now")
"""A piece about a row `asked`, as in budgets.py."""


async def grant_meeting(tx: Tx, *, meeting: MeetingView, now: datetime) -> None:
    """For a meeting that is booked. Raises DeclarationNeeded, HoursCeiling, NoAidLimit, NoEuroRate."""
    await grant_hours(tx, hours=_hours(meeting), actor_id=meeting.account_id, now=now)


async def regrant_meeting(tx: Tx, *, before: MeetingView, after: MeetingView, by: UUID, now: datetime) -> None:
    """For a meeting that was moved: another time of the same length changes nothing. Raises as above."""
    if before.period.minutes != after.period.minutes:
        await regrant_hours(tx, hours=_hours(after), actor_id=by, now=now)


async def take_meeting_back(tx: Tx, *, meeting: MeetingView, by: UUID | None, now: datetime) -> None:
    """For a meeting whose minutes are given back."""
    if meeting.organisation_id is not None:
        await take_back(tx, subject_kind=KIND, subject_id=meeting.id, actor_id=by, now=now)


async def meeting_worth(tx: Tx, *, gmina_id: UUID, minutes: int, now: datetime) -> int | None:
    """Net grosz of aid that a meeting would be to a company; None where the gmina has not said."""
    return await worth_of(tx, gmina_id=gmina_id, what=What.MENTOR, minutes=minutes, now=now)


def _hours(meeting: MeetingView) -> Hours:
    return Hours(
        what=What.MENTOR,
        minutes=meeting.period.minutes,
        subject=Subject(kind=KIND, id=meeting.id, gmina_id=meeting.gmina_id, incubator_id=meeting.incubator_id),
        organisation_id=meeting.organisation_id,
    )
