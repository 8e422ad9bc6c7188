"""Show how a mentor looks."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.kernel.ids import uuid7
from incubator.mentoring.reach import Change, mentor_to_change, touched
from incubator.people.actor import Actor
from incubator.places.photos import Picture

# Under a new identifier, for a picture never changes under its address. The mentor's row is locked.
DROP = "DELETE FROM mentor_photo WHERE mentor_id = $1"
PUT = "INSERT INTO mentor_photo (mentor_id, id, media_type, content) VALUES ($1, $2, $3, $4)"


async def set_portrait(
    tx: Tx, *, actor: Actor, mentor_id: UUID, picture: Picture, seen: int | None = None, now: datetime
) -> UUID:
    """`picture` comes from `made_afresh`; the one before is deleted. Raises NoSuchMentor, NotYours,
    MentorRetired, ChangedMeanwhile."""
    row = await mentor_to_change(tx, actor=actor, mentor_id=mentor_id, seen=seen)
    key = uuid7()
    await tx.execute(DROP, mentor_id)
    await tx.execute(PUT, mentor_id, key, picture.media_type, picture.content)
    change = Change(verb="set_portrait", about=N_("the portrait"), after={"bytes": len(picture.content)})
    await touched(tx, actor=actor, row=row, change=change, now=now)
    return key
