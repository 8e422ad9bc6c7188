"""Put hot desks into a zone."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.places.add_space import add_space
from incubator.places.details import SpaceDetails, SpaceRules, ZoneNames
from incubator.places.views import SpaceView


async def add_desks(
    tx: Tx,
    *,
    actor: Actor,
    incubator_id: UUID,
    zone_id: UUID,
    count: int,
    names: ZoneNames,
    rules: SpaceRules | None = None,
    now: datetime,
) -> list[SpaceView]:
    """`count` hot desks that are as good as each other, numbered on from those there are.

    Raises NoSuchIncubator, NotYours, NoSuchZone, and what `must_make_sense` raises.
    """
    there = await tx.fetchval("SELECT count(*) FROM space WHERE zone_id = $1", zone_id)
    return [
        await add_space(
            tx,
            actor=actor,
            incubator_id=incubator_id,
            kind="hot_desk",
            zone_id=zone_id,
            details=_numbered(names, there + n),
            rules=rules,
            now=now,
        )
        for n in range(1, count + 1)
    ]


def _numbered(names: ZoneNames, number: int) -> SpaceDetails:
    english = f"{names.name_en} {number}" if names.name_en else ""
    return SpaceDetails(name_pl=f"{names.name_pl} {number}", name_en=english, position=number)
