"""Say what the public reads of the bundle."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.details import differences, picked
from incubator.places.saving import update
from incubator.programmes.catalogue import bundle
from incubator.programmes.details import BundleDetails
from incubator.programmes.reach import bundle_to_change
from incubator.programmes.views import BundleView


async def describe_bundle(
    tx: Tx, *, actor: Actor, details: BundleDetails, seen: int | None = None, now: datetime
) -> BundleView:
    """The office's. Raises NotYours, ChangedMeanwhile."""
    row = await bundle_to_change(tx, actor=actor, seen=seen)
    before, after = differences(picked(row, BundleDetails), details)
    await update(tx, "bundle", row["id"], details)
    await tell(tx, actor, now, "describe", of=("bundle", row["id"]), gmina_id=None, before=before, after=after)
    return await bundle(tx)
