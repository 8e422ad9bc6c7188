"""Take a pass off a draft."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.period import WARSAW
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.reach import count_on
from incubator.pricing.queries import price_list
from incubator.pricing.reach import list_to_change
from incubator.pricing.set_pass import take_pass_out
from incubator.pricing.views_lists import PriceListView


async def remove_pass(
    tx: Tx, *, actor: Actor, list_id: UUID, product_id: UUID, seen: int | None = None, now: datetime
) -> PriceListView:
    """Raises NoSuchPriceList, NotYours, ListPublished, ChangedMeanwhile, PassNotOnList."""
    row = await list_to_change(tx, actor=actor, list_id=list_id, seen=seen)
    await take_pass_out(tx, list_id=list_id, product_id=product_id)
    await count_on(tx, "price_list", list_id)
    of, before = ("price_list", list_id), {"product_id": product_id}
    await tell(tx, actor, now, "remove_pass", of=of, gmina_id=row["gmina_id"], before=before)
    return await price_list(tx, actor=actor, list_id=list_id, today=now.astimezone(WARSAW).date())
