"""Let rooms with movable walls be booked together: a joined room takes each of its parts."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Invalid
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.add_space import insert_space
from incubator.places.catalogue_spaces import space_by_id
from incubator.places.details import SpaceDetails, SpaceRules
from incubator.places.reach import bump_spaces, incubator_to_change
from incubator.places.rules import check_parts
from incubator.places.set_rules import must_make_sense
from incubator.places.views import SpaceView


class NotAPart(Invalid):
    """Something that a joined room cannot be made of: no plain room, retired, or of elsewhere."""

    code = "not_a_part"
    sentence = N_("A joined room is made of rooms of the same incubator that are not joined themselves.")

    def __init__(self, space_id: UUID) -> None:
        super().__init__()
        self.space_id = space_id


# Locked in one order, so that a part cannot be retired while it is being joined.
ROOMS = """
SELECT id FROM space
WHERE id = ANY($1::uuid[]) AND incubator_id = $2 AND kind = 'room' AND resource_id IS NOT NULL AND retired_at IS NULL
ORDER BY id FOR SHARE
"""
PARTS = "INSERT INTO space_part (space_id, part_id) SELECT $1, part FROM unnest($2::uuid[]) AS part"
RESOURCES = """
INSERT INTO space_resource (space_id, resource_id)
SELECT $1, resource_id FROM space WHERE id = ANY($2::uuid[])
"""


async def join_rooms(
    tx: Tx,
    *,
    actor: Actor,
    incubator_id: UUID,
    part_ids: Sequence[UUID],
    details: SpaceDetails,
    rules: SpaceRules | None = None,
    slug: str | None = None,
    now: datetime,
) -> SpaceView:
    """A joined room of two or more rooms.

    Raises NoSuchIncubator, NotYours, TooFewParts, NotAPart, SlugTaken, and what `must_make_sense`
    raises.
    """
    incubator = await incubator_to_change(tx, actor=actor, incubator_id=incubator_id)
    await must_be_parts(tx, incubator_id=incubator_id, part_ids=part_ids)
    rules = rules or SpaceRules()
    await must_make_sense(tx, incubator_id=incubator_id, rules=rules)
    space_id = await insert_space(tx, details, rules, slug=slug, incubator_id=incubator_id, kind="room")
    await put_parts(tx, space_id=space_id, part_ids=part_ids)
    await tell(
        tx,
        actor,
        now,
        "join_rooms",
        of=("space", space_id),
        gmina_id=incubator["gmina_id"],
        after={"parts": sorted(part_ids), "details": details, "rules": rules},
    )
    await bump_spaces(tx, [space_id])
    return await space_by_id(tx, space_id=space_id)


async def must_be_parts(tx: Tx, *, incubator_id: UUID, part_ids: Sequence[UUID]) -> None:
    """Raises TooFewParts, NotAPart. The parts stay as they are until the end of the transaction."""
    check_parts(part_ids)
    rooms = {row["id"] for row in await tx.fetch(ROOMS, list(part_ids), incubator_id)}
    for part_id in part_ids:
        if part_id not in rooms:
            raise NotAPart(part_id)


async def put_parts(tx: Tx, *, space_id: UUID, part_ids: Sequence[UUID]) -> None:
    """Parts and, in step, the resources that taking the room takes. The database checks at commit
    that the two agree (`space_takes_its_parts`)."""
    parts = sorted(set(part_ids))
    await tx.execute("DELETE FROM space_part WHERE space_id = $1", space_id)
    await tx.execute("DELETE FROM space_resource WHERE space_id = $1", space_id)
    await tx.execute(PARTS, space_id, parts)
    await tx.execute(RESOURCES, space_id, parts)
