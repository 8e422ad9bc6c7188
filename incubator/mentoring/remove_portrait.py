"""Take a mentor's portrait away."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.mentoring.reach import Change, mentor_to_change, touched
from incubator.people.actor import Actor
from incubator.places.photos import NoSuchPhoto

DROP = "DELETE FROM mentor_photo WHERE mentor_id = $1 RETURNING id"


async def remove_portrait(tx: Tx, *, actor: Actor, mentor_id: UUID, seen: int | None = None, now: datetime) -> None:
    """Raises NoSuchMentor, NotYours, MentorRetired, ChangedMeanwhile, NoSuchPhoto."""
    row = await mentor_to_change(tx, actor=actor, mentor_id=mentor_id, seen=seen)
    if await tx.fetchval(DROP, mentor_id) is None:
        raise NoSuchPhoto()
    change = Change(verb="remove_portrait", about=N_("the portrait"))
    await touched(tx, actor=actor, row=row, change=change, now=now)
