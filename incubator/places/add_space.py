"""Add a space that is booked as a whole: a room, a desk, an office."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.catalogue_spaces import space_by_id
from incubator.places.details import SpaceDetails, SpaceRules
from incubator.places.reach import bump_spaces, incubator_to_change
from incubator.places.rules import check_zone
from incubator.places.saving import insert
from incubator.places.set_rules import must_make_sense
from incubator.places.slugs import SlugTaken, slug_of, tries
from incubator.places.views import SpaceView

RESOURCE = {"room": "room", "hot_desk": "desk", "dedicated_desk": "desk", "private_office": "office"}


class NoSuchZone(NotFound):
    """No zone of this incubator has this identifier."""

    code = "no_such_zone"
    sentence = N_("There is no such zone in this incubator.")


async def add_space(
    tx: Tx,
    *,
    actor: Actor,
    incubator_id: UUID,
    kind: str,
    details: SpaceDetails,
    rules: SpaceRules | None = None,
    zone_id: UUID | None = None,
    slug: str | None = None,
    now: datetime,
) -> SpaceView:
    """A space with a resource of its own. Without a `slug`, one is made of the Polish name.

    Raises NoSuchIncubator, NotYours, NoSuchZone, SlugTaken, and what `must_make_sense` raises.
    """
    incubator = await incubator_to_change(tx, actor=actor, incubator_id=incubator_id)
    check_zone(kind=kind, in_zone=zone_id is not None)
    if zone_id is not None:
        await must_be_zone(tx, incubator_id=incubator_id, zone_id=zone_id)
    rules = rules or SpaceRules()
    await must_make_sense(tx, incubator_id=incubator_id, rules=rules)
    resource_id = await tx.fetchval("INSERT INTO resource (kind) VALUES ($1) RETURNING id", RESOURCE[kind])
    space_id = await insert_space(
        tx,
        details,
        rules,
        slug=slug,
        incubator_id=incubator_id,
        kind=kind,
        zone_id=zone_id,
        resource_id=resource_id,
    )
    await tx.execute("INSERT INTO space_resource (space_id, resource_id) VALUES ($1, $2)", space_id, resource_id)
    await tell(
        tx,
        actor,
        now,
        "add_space",
        of=("space", space_id),
        gmina_id=incubator["gmina_id"],
        after={"kind": kind, "details": details, "rules": rules},
    )
    await bump_spaces(tx, [space_id])
    return await space_by_id(tx, space_id=space_id)


async def must_be_zone(tx: Tx, *, incubator_id: UUID, zone_id: UUID) -> None:
    """Raises NoSuchZone unless the zone is one of this incubator."""
    if not await tx.fetchval("SELECT true FROM zone WHERE id = $1 AND incubator_id = $2", zone_id, incubator_id):
        raise NoSuchZone()


async def insert_space(
    tx: Tx, details: SpaceDetails, rules: SpaceRules, *, slug: str | None, kind: str, **columns: object
) -> UUID:
    """The row alone. The unique constraint says which slug is free. Raises SlugTaken."""
    wanted = [slug] if slug else tries(slug_of(details.name_pl, otherwise=kind.replace("_", "-")))
    for one in wanted:
        space_id = await insert(tx, "space", details, rules, slug=one, kind=kind, version=1, **columns)
        if space_id is not None:
            return space_id
    raise SlugTaken(wanted[0])
