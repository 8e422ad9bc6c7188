"""Say what the public reads of a programme."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.versions import bump
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.details import differences, picked
from incubator.places.saving import update
from incubator.programmes.catalogue import programme_by_id
from incubator.programmes.details import ProgrammeDetails
from incubator.programmes.reach import programme_to_change
from incubator.programmes.views import ProgrammeInFull


async def describe_programme(
    tx: Tx, *, actor: Actor, programme_id: UUID, details: ProgrammeDetails, seen: int | None = None, now: datetime
) -> ProgrammeInFull:
    """Raises NoSuchProgramme, NotYours, ChangedMeanwhile."""
    row = await programme_to_change(tx, actor=actor, programme_id=programme_id, seen=seen)
    before, after = differences(picked(row, ProgrammeDetails), details)
    await update(tx, "programme", programme_id, details)
    of, gmina_id = ("programme", programme_id), row["gmina_id"]
    await bump(tx, [programme_id])
    await tell(tx, actor, now, "describe", of=of, gmina_id=gmina_id, before=before, after=after)
    return await programme_by_id(tx, programme_id=programme_id, reader=actor, now=now)
