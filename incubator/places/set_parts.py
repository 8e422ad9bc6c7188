"""Change what a joined room is made of."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.catalogue_spaces import space_by_id
from incubator.places.join_rooms import must_be_parts, put_parts
from incubator.places.reach import bump_spaces, count_on, space_to_change
from incubator.places.views import SpaceView


class NotJoined(Conflict):
    """A room that is booked as a whole has no parts."""

    code = "not_joined"
    sentence = N_("This room is not a joined one. Add a new joined room instead.")


async def set_parts(
    tx: Tx, *, actor: Actor, space_id: UUID, part_ids: Sequence[UUID], seen: int | None = None, now: datetime
) -> SpaceView:
    """Counts for bookings from now on: those made before keep the rooms that they took.

    Raises NoSuchSpace, NotYours, SpaceRetired, ChangedMeanwhile, NotJoined, TooFewParts, NotAPart.
    """
    row = await space_to_change(tx, actor=actor, space_id=space_id, seen=seen)
    if row["resource_id"] is not None:
        raise NotJoined()
    await must_be_parts(tx, incubator_id=row["incubator_id"], part_ids=part_ids)
    before = (await space_by_id(tx, space_id=space_id)).parts
    await put_parts(tx, space_id=space_id, part_ids=part_ids)
    await count_on(tx, "space", space_id)
    await tell(
        tx,
        actor,
        now,
        "set_parts",
        of=("space", space_id),
        gmina_id=row["gmina_id"],
        before={"parts": before},
        after={"parts": sorted(set(part_ids))},
    )
    await bump_spaces(tx, [space_id, *before])
    return await space_by_id(tx, space_id=space_id)
