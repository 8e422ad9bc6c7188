"""Change the limits of a quota."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.details import QuotaLimits, differences, picked
from incubator.places.reach import count_on, incubator_to_change
from incubator.places.set_rules import NoSuchQuota

CHANGE = "UPDATE quota SET name = $2, organisation_minutes = $3, person_minutes = $4 WHERE id = $1"


async def change_quota(
    tx: Tx,
    *,
    actor: Actor,
    incubator_id: UUID,
    quota_id: UUID,
    limits: QuotaLimits,
    seen: int | None = None,
    now: datetime,
) -> None:
    """Counts from the next booking on; what was booked above a lower limit stands.

    Raises NoSuchIncubator, NotYours, ChangedMeanwhile (of the incubator), NoSuchQuota.
    """
    incubator = await incubator_to_change(tx, actor=actor, incubator_id=incubator_id, seen=seen)
    row = await tx.fetchrow("SELECT * FROM quota WHERE id = $1 AND incubator_id = $2", quota_id, incubator_id)
    if row is None:
        raise NoSuchQuota()
    before, after = differences(picked(row, QuotaLimits), limits)
    await tx.execute(CHANGE, quota_id, limits.name, limits.organisation_minutes, limits.person_minutes)
    await count_on(tx, "incubator", incubator_id)
    gmina_id = incubator["gmina_id"]
    await tell(tx, actor, now, "change_quota", of=("quota", quota_id), gmina_id=gmina_id, before=before, after=after)
