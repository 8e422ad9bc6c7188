"""Say what the public reads of an incubator: name, address, contact, terms."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.catalogue import incubator_by_id
from incubator.places.details import IncubatorDetails, differences, picked
from incubator.places.reach import bump_incubator, incubator_to_change
from incubator.places.saving import update
from incubator.places.views import IncubatorView

# A contact may be a person, and history outlives an erasure.
UNTOLD = frozenset({"email", "phone"})


async def describe_incubator(
    tx: Tx, *, actor: Actor, incubator_id: UUID, details: IncubatorDetails, seen: int | None = None, now: datetime
) -> IncubatorView:
    """Raises NoSuchIncubator, NotYours, ChangedMeanwhile."""
    row = await incubator_to_change(tx, actor=actor, incubator_id=incubator_id, seen=seen)
    before, after = differences(picked(row, IncubatorDetails), details, untold=UNTOLD)
    await update(tx, "incubator", incubator_id, details)
    await tell(
        tx, actor, now, "describe", of=("incubator", incubator_id), gmina_id=row["gmina_id"], before=before, after=after
    )
    await bump_incubator(tx, incubator_id)
    return await incubator_by_id(tx, incubator_id=incubator_id, now=now)
