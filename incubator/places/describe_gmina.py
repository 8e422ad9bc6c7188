"""Say how a gmina shows itself: its brand and its local specialisations."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.catalogue import gmina_by_slug
from incubator.places.details import GminaDetails, differences, picked
from incubator.places.reach import gmina_to_change
from incubator.places.saving import update
from incubator.places.views import GminaView


async def describe_gmina(
    tx: Tx, *, actor: Actor, gmina_id: UUID, details: GminaDetails, seen: int | None = None, now: datetime
) -> GminaView:
    """Raises NoSuchGmina, NotYours, ChangedMeanwhile."""
    row = await gmina_to_change(tx, actor=actor, gmina_id=gmina_id, seen=seen)
    before, after = differences(picked(row, GminaDetails), details)
    await update(tx, "gmina", gmina_id, details)
    await tell(tx, actor, now, "describe", of=("gmina", gmina_id), gmina_id=gmina_id, before=before, after=after)
    return await gmina_by_slug(tx, slug=row["slug"])
