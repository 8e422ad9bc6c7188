"""Show a space as it is."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.photos import Picture
from incubator.places.reach import bump_spaces, count_on, space_to_change

MOST = 8


class EnoughPhotos(Conflict):
    """A space with as many photos as a page can bear."""

    code = "enough_photos"
    sentence = N_("A space has at most {most} photos. Remove one first.")

    def __init__(self) -> None:
        super().__init__()
        self.most = MOST


ADD = """
INSERT INTO space_photo (space_id, media_type, content, alt_pl, alt_en, added_at)
VALUES ($1, $2, $3, $4, $5, $6) RETURNING id
"""


async def add_photo(
    tx: Tx, *, actor: Actor, space_id: UUID, picture: Picture, alt_pl: str, alt_en: str = "", now: datetime
) -> UUID:
    """`picture` comes from `made_afresh`; the alt texts say what it shows to those who do not see it.

    Raises NoSuchSpace, NotYours, SpaceRetired, EnoughPhotos.
    """
    row = await space_to_change(tx, actor=actor, space_id=space_id)
    if await tx.fetchval("SELECT count(*) FROM space_photo WHERE space_id = $1", space_id) >= MOST:
        raise EnoughPhotos()
    photo_id: UUID = await tx.fetchval(ADD, space_id, picture.media_type, picture.content, alt_pl, alt_en, now)
    await count_on(tx, "space", space_id)
    after = {"photo_id": photo_id, "bytes": len(picture.content)}
    await tell(tx, actor, now, "add_photo", of=("space", space_id), gmina_id=row["gmina_id"], after=after)
    await bump_spaces(tx, [space_id])
    return photo_id
