"""Say what something besides the space costs by a draft: a new extra, or one anew."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.kernel.ids import uuid7
from incubator.kernel.period import WARSAW
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.reach import count_on
from incubator.places.saving import insert
from incubator.pricing.details import MOST_EXTRAS, ExtraDetails
from incubator.pricing.queries import price_list
from incubator.pricing.reach import list_to_change
from incubator.pricing.rules import check_basis
from incubator.pricing.set_tariff import TooManyOnList
from incubator.pricing.views_lists import PriceListView


class ExtraNotOnList(NotFound):
    """No extra of this list has this identifier."""

    code = "extra_not_on_list"
    sentence = N_("There is no such extra on this price list.")


async def set_extra(
    tx: Tx,
    *,
    actor: Actor,
    list_id: UUID,
    extra_id: UUID | None = None,
    details: ExtraDetails,
    seen: int | None = None,
    now: datetime,
) -> PriceListView:
    """Raises NoSuchPriceList, NotYours, ListPublished, ChangedMeanwhile, ExtraNotOnList, TooManyOnList, NoBasis."""
    row = await list_to_change(tx, actor=actor, list_id=list_id, seen=seen)
    check_basis(details.vat, details.basis)
    if extra_id is not None:
        await take_extra_out(tx, list_id=list_id, extra_id=extra_id)
    elif await tx.fetchval("SELECT count(*) FROM extra WHERE list_id = $1", list_id) >= MOST_EXTRAS:
        raise TooManyOnList(MOST_EXTRAS)
    made = await insert(tx, "extra", details, id=extra_id or uuid7(), list_id=list_id)
    await count_on(tx, "price_list", list_id)
    of, after = ("price_list", list_id), {"extra_id": made, "details": details}
    await tell(tx, actor, now, "set_extra", of=of, gmina_id=row["gmina_id"], after=after)
    return await price_list(tx, actor=actor, list_id=list_id, today=now.astimezone(WARSAW).date())


async def take_extra_out(tx: Tx, *, list_id: UUID, extra_id: UUID) -> None:
    """Raises ExtraNotOnList."""
    if await tx.execute("DELETE FROM extra WHERE id = $1 AND list_id = $2", extra_id, list_id) == "DELETE 0":
        raise ExtraNotOnList()
