"""Say what a draft is called, which act adopts it, and from when it counts."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.period import WARSAW
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.details import differences, picked
from incubator.places.saving import update
from incubator.pricing.details import ListDetails
from incubator.pricing.draft_list import check_days
from incubator.pricing.payment_terms import with_terms
from incubator.pricing.queries import price_list
from incubator.pricing.reach import list_to_change
from incubator.pricing.views_lists import PriceListView


async def describe_list(
    tx: Tx, *, actor: Actor, list_id: UUID, details: ListDetails, seen: int | None = None, now: datetime
) -> PriceListView:
    """Raises NoSuchPriceList, NotYours, ListPublished, ChangedMeanwhile, OutOfReach."""
    row = await list_to_change(tx, actor=actor, list_id=list_id, seen=seen)
    check_days(details)
    details = await with_terms(tx, details, like=list_id)
    before, after = differences(picked(row, ListDetails), details)
    await update(tx, "price_list", list_id, details)
    of = ("price_list", list_id)
    await tell(tx, actor, now, "describe_list", of=of, gmina_id=row["gmina_id"], before=before, after=after)
    return await price_list(tx, actor=actor, list_id=list_id, today=now.astimezone(WARSAW).date())
