"""Portraits of mentors, as they are served."""

from uuid import UUID

from incubator.db.engine import Tx
from incubator.places.photos import NoSuchPhoto, Picture

PORTRAIT = """
SELECT media_type, content FROM mentor_photo JOIN mentor ON mentor.id = mentor_id
WHERE mentor_photo.id = $1 AND state <> 'retired'
"""


async def portrait_by_id(tx: Tx, *, photo_id: UUID) -> Picture:
    """Of a mentor who is one. Raises NoSuchPhoto."""
    row = await tx.fetchrow(PORTRAIT, photo_id)
    if row is None:
        raise NoSuchPhoto()
    return Picture(row["media_type"], row["content"])
