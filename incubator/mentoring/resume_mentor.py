"""Let a mentor be booked again: after a pause, or taken back after the end."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.mentoring.mentor_states import Standing, settle_state
from incubator.mentoring.reach import MentorRetired, mentor_at_desk
from incubator.people.actor import Actor
from incubator.people.appoint_mentor import give_mentor_role

# Locked: who is being erased does not come back.
THERE = "SELECT true FROM account WHERE id = $1 AND erased_at IS NULL FOR KEY SHARE"


async def resume_mentor(tx: Tx, *, actor: Actor, mentor_id: UUID, seen: int | None = None, now: datetime) -> None:
    """For the coordinator. Raises NoSuchMentor, NotYours, ChangedMeanwhile, SameAlready, MentorRetired
    (who erased their account)."""
    row = await mentor_at_desk(tx, actor=actor, mentor_id=mentor_id, seen=seen, retired=True)
    if not await tx.fetchval(THERE, row["account_id"]):
        raise MentorRetired()
    await settle_state(tx, actor=actor, row=row, to=Standing.ACTIVE, verb="resume_mentor", now=now)
    await give_mentor_role(tx, actor=actor, account_id=row["account_id"], gmina_id=row["gmina_id"], now=now)
