"""Call a zone something else."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.places.add_space import NoSuchZone
from incubator.places.details import ZoneNames
from incubator.places.reach import bump_incubator, count_on, incubator_to_change
from incubator.places.telling import tell


async def rename_zone(
    tx: Tx, *, actor: Actor, zone_id: UUID, names: ZoneNames, seen: int | None = None, now: datetime
) -> None:
    """Raises NoSuchZone, NotYours, ChangedMeanwhile (of the incubator)."""
    zone = await tx.fetchrow("SELECT incubator_id, name_pl, name_en FROM zone WHERE id = $1", zone_id)
    if zone is None:
        raise NoSuchZone()
    incubator_id = zone["incubator_id"]
    incubator = await incubator_to_change(tx, actor=actor, incubator_id=incubator_id, seen=seen)
    await tx.execute("UPDATE zone SET name_pl = $2, name_en = $3 WHERE id = $1", zone_id, names.name_pl, names.name_en)
    await count_on(tx, "incubator", incubator_id)
    before = {"name_pl": zone["name_pl"], "name_en": zone["name_en"]}
    gmina_id = incubator["gmina_id"]
    await tell(tx, actor, now, "rename_zone", of=("zone", zone_id), gmina_id=gmina_id, before=before, after=names)
    await bump_incubator(tx, incubator_id)
