"""Throw a draft away."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.pricing.reach import list_to_change


async def drop_list(tx: Tx, *, actor: Actor, list_id: UUID, seen: int | None = None, now: datetime) -> None:
    """Raises NoSuchPriceList, NotYours, ListPublished, ChangedMeanwhile."""
    row = await list_to_change(tx, actor=actor, list_id=list_id, seen=seen)
    await tx.execute("DELETE FROM price_list WHERE id = $1", list_id)
    before = {"in_force_from": row["in_force_from"]}
    await tell(tx, actor, now, "drop_list", of=("price_list", list_id), gmina_id=row["gmina_id"], before=before)
