"""How a company signs: its logo, set and taken away by its owner, seen by everybody while it is shown."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.directory.ambassadors import COUNT_ON
from incubator.directory.reach import own_profile
from incubator.kernel.ids import uuid7
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.photos import NoSuchPhoto, Picture

# Under a new identifier, for a picture never changes under its address. The profile's row is locked.
DROP = "DELETE FROM directory_logo WHERE profile_id = $1 RETURNING id"
PUT = "INSERT INTO directory_logo (profile_id, id, media_type, content) VALUES ($1, $2, $3, $4)"
LOGO = """
SELECT media_type, content FROM directory_logo JOIN directory_profile AS profile ON profile.id = profile_id
WHERE directory_logo.id = $1 AND (state = 'published' OR organisation_id = ANY($2::uuid[]))
"""


async def set_logo(
    tx: Tx, *, actor: Actor, organisation_id: UUID, picture: Picture, seen: int | None = None, now: datetime
) -> UUID:
    """`picture` comes from `made_afresh`; the one before is deleted. For owners. Raises NoSuchOrganisation,
    NotYours, NoSuchCompany, ChangedMeanwhile."""
    row, key = await own_profile(tx, actor=actor, organisation_id=organisation_id, seen=seen), uuid7()
    await tx.execute(DROP, row["id"])
    await tx.execute(PUT, row["id"], key, picture.media_type, picture.content)
    await tx.execute(COUNT_ON, row["id"])
    after = {"bytes": len(picture.content)}
    await tell(tx, actor, now, "set_logo", of=("company", row["id"]), gmina_id=row["gmina_id"], after=after)
    return key


async def remove_logo(tx: Tx, *, actor: Actor, organisation_id: UUID, seen: int | None = None, now: datetime) -> None:
    """For owners. Raises NoSuchOrganisation, NotYours, NoSuchCompany, ChangedMeanwhile, NoSuchPhoto."""
    row = await own_profile(tx, actor=actor, organisation_id=organisation_id, seen=seen)
    if await tx.fetchval(DROP, row["id"]) is None:
        raise NoSuchPhoto()
    await tx.execute(COUNT_ON, row["id"])
    await tell(tx, actor, now, "remove_logo", of=("company", row["id"]), gmina_id=row["gmina_id"])


async def logo_by_id(tx: Tx, *, logo_id: UUID, actor: Actor | None) -> Picture:
    """Of a company that is shown, or of one's own. Raises NoSuchPhoto."""
    row = await tx.fetchrow(LOGO, logo_id, list(actor.organisations) if actor is not None else [])
    if row is None:
        raise NoSuchPhoto()
    return Picture(row["media_type"], row["content"])
