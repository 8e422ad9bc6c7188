"""Say what the public reads of a space: name, capacity, equipment, access."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.catalogue_spaces import space_by_id
from incubator.places.details import SpaceDetails, differences, picked
from incubator.places.reach import bump_spaces, space_to_change
from incubator.places.saving import update
from incubator.places.views import SpaceView


async def describe_space(
    tx: Tx, *, actor: Actor, space_id: UUID, details: SpaceDetails, seen: int | None = None, now: datetime
) -> SpaceView:
    """The address of the space stays, whatever its name becomes.

    Raises NoSuchSpace, NotYours, SpaceRetired, ChangedMeanwhile.
    """
    row = await space_to_change(tx, actor=actor, space_id=space_id, seen=seen)
    before, after = differences(picked(row, SpaceDetails), details)
    await update(tx, "space", space_id, details)
    await tell(tx, actor, now, "describe", of=("space", space_id), gmina_id=row["gmina_id"], before=before, after=after)
    await bump_spaces(tx, [space_id])
    return await space_by_id(tx, space_id=space_id)
