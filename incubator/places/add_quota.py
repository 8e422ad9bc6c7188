"""Limit how much one organisation, or one private person, may book over spaces that share a quota."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.details import QuotaLimits
from incubator.places.reach import count_on, incubator_to_change
from incubator.places.saving import insert


async def add_quota(
    tx: Tx, *, actor: Actor, incubator_id: UUID, unit: str, limits: QuotaLimits, seen: int | None = None, now: datetime
) -> UUID:
    """`unit` is "week" or "month" and stays. The quota binds nobody until a space's rules name it.

    Raises NoSuchIncubator, NotYours, ChangedMeanwhile.
    """
    row = await incubator_to_change(tx, actor=actor, incubator_id=incubator_id, seen=seen)
    quota_id = await insert(tx, "quota", limits, incubator_id=incubator_id, unit=unit)
    assert quota_id is not None, "nothing of a quota is unique"
    await count_on(tx, "incubator", incubator_id)
    after = {"unit": unit, "limits": limits}
    await tell(tx, actor, now, "add_quota", of=("quota", quota_id), gmina_id=row["gmina_id"], after=after)
    return quota_id
