"""Take a photo away."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.photos import NoSuchPhoto
from incubator.places.reach import bump_spaces, count_on, space_to_change


async def remove_photo(tx: Tx, *, actor: Actor, photo_id: UUID, now: datetime) -> UUID:
    """The space that it showed. Raises NoSuchPhoto, NotYours, SpaceRetired."""
    space_id: UUID | None = await tx.fetchval("SELECT space_id FROM space_photo WHERE id = $1", photo_id)
    if space_id is None:
        raise NoSuchPhoto()
    row = await space_to_change(tx, actor=actor, space_id=space_id)
    await tx.execute("DELETE FROM space_photo WHERE id = $1", photo_id)
    await count_on(tx, "space", space_id)
    before = {"photo_id": photo_id}
    await tell(tx, actor, now, "remove_photo", of=("space", space_id), gmina_id=row["gmina_id"], before=before)
    await bump_spaces(tx, [space_id])
    return space_id
