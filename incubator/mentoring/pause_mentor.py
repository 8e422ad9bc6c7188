"""Let nobody book a mentor for a while."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.mentoring.mentor_states import Standing, settle_state
from incubator.mentoring.reach import mentor_at_desk
from incubator.people.actor import Actor


async def pause_mentor(tx: Tx, *, actor: Actor, mentor_id: UUID, seen: int | None = None, now: datetime) -> None:
    """For the coordinator. Meetings booked before stand. Raises NoSuchMentor, NotYours, MentorRetired,
    ChangedMeanwhile, SameAlready."""
    row = await mentor_at_desk(tx, actor=actor, mentor_id=mentor_id, seen=seen)
    await settle_state(tx, actor=actor, row=row, to=Standing.PAUSED, verb="pause_mentor", now=now)
