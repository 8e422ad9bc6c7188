"""Set up a zone of hot desks."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.details import ZoneNames
from incubator.places.reach import count_on, incubator_to_change
from incubator.places.saving import insert
from incubator.places.slugs import SlugTaken, slug_of, tries


async def add_zone(
    tx: Tx, *, actor: Actor, incubator_id: UUID, names: ZoneNames, seen: int | None = None, now: datetime
) -> UUID:
    """An empty zone; its identifier. Raises NoSuchIncubator, NotYours, ChangedMeanwhile, SlugTaken."""
    incubator = await incubator_to_change(tx, actor=actor, incubator_id=incubator_id, seen=seen)
    wanted = tries(slug_of(names.name_pl, otherwise="zone"))
    for slug in wanted:
        zone_id = await insert(tx, "zone", names, incubator_id=incubator_id, slug=slug)
        if zone_id is not None:
            break
    else:
        raise SlugTaken(wanted[0])
    await count_on(tx, "incubator", incubator_id)
    await tell(tx, actor, now, "add_zone", of=("zone", zone_id), gmina_id=incubator["gmina_id"], after=names)
    return zone_id
