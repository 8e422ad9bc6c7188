"""Call a zone something else."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.add_space import NoSuchZone
from incubator.places.details import ZoneNames
from incubator.places.reach import bump_incubator, count_on, incubator_to_change

ZONE = "SELECT name_pl, name_en FROM zone WHERE id = $1 AND incubator_id = $2"


async def rename_zone(
    tx: Tx, *, actor: Actor, incubator_id: UUID, zone_id: UUID, names: ZoneNames, seen: int | None = None, now: datetime
) -> None:
    """Raises NoSuchIncubator, NotYours, ChangedMeanwhile (of the incubator), NoSuchZone."""
    incubator = await incubator_to_change(tx, actor=actor, incubator_id=incubator_id, seen=seen)
    zone = await tx.fetchrow(ZONE, zone_id, incubator_id)
    if zone is None:
        raise NoSuchZone()
    await tx.execute("UPDATE zone SET name_pl = $2, name_en = $3 WHERE id = $1", zone_id, names.name_pl, names.name_en)
    await count_on(tx, "incubator", incubator_id)
    before = {"name_pl": zone["name_pl"], "name_en": zone["name_en"]}
    gmina_id = incubator["gmina_id"]
    await tell(tx, actor, now, "rename_zone", of=("zone", zone_id), gmina_id=gmina_id, before=before, after=names)
    await bump_incubator(tx, incubator_id)
