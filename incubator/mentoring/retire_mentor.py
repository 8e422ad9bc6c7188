"""End somebody's time as a mentor."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.mentoring.mentor_states import Standing, settle_state
from incubator.mentoring.reach import mentor_at_desk
from incubator.people.actor import Actor
from incubator.people.dismiss_mentor import dismiss_mentor


async def retire_mentor(tx: Tx, *, actor: Actor, mentor_id: UUID, seen: int | None = None, now: datetime) -> None:
    """For the coordinator: out of the directory, and the role is withdrawn. Meetings booked before stand
    until somebody cancels them. Raises NoSuchMentor, NotYours, MentorRetired, ChangedMeanwhile."""
    row = await mentor_at_desk(tx, actor=actor, mentor_id=mentor_id, seen=seen)
    await settle_state(tx, actor=actor, row=row, to=Standing.RETIRED, verb="retire_mentor", now=now)
    await dismiss_mentor(tx, actor=actor, account_id=row["account_id"], gmina_id=row["gmina_id"], now=now)
