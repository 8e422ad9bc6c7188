"""Begin a price list: an empty one, or as another one of the incubator is."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.ids import uuid7
from incubator.kernel.period import WARSAW
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.reach import incubator_to_change
from incubator.places.saving import insert
from incubator.pricing.details import ListDetails
from incubator.pricing.payment_terms import with_terms
from incubator.pricing.queries import NoSuchPriceList, price_list
from incubator.pricing.views_lists import PriceListView
from incubator.web.periods import OutOfReach

COPY_EXTRAS = """
INSERT INTO extra (id, list_id, position, name_pl, name_en, per, price, market, vat, basis)
SELECT uuidv7(), $2, position, name_pl, name_en, per, price, market, vat, basis FROM extra WHERE list_id = $1
"""
COPY_TARIFF = """
INSERT INTO tariff (id, list_id, position, name_pl, name_en, vat, basis, step_minutes, half_day_minutes, day_minutes,
    deposit, deposit_above_minutes, peak_weekdays, peak_from, peak_until, peak_percent)
SELECT $3, $2, position, name_pl, name_en, vat, basis, step_minutes, half_day_minutes, day_minutes,
    deposit, deposit_above_minutes, peak_weekdays, peak_from, peak_until, peak_percent FROM tariff WHERE id = $1
"""
COPY_RATES = """
INSERT INTO rate (tariff_id, category, local_only, unit, from_unit, price, market)
SELECT $2, category, local_only, unit, from_unit, price, market FROM rate WHERE tariff_id = $1
"""
# A space that was taken out of use since needs no price any more.
COPY_SPACES = """
INSERT INTO tariff_space (tariff_id, space_id, list_id)
SELECT $2, space_id, $3 FROM tariff_space JOIN space ON space.id = space_id
WHERE tariff_id = $1 AND retired_at IS NULL
"""


async def draft_list(
    tx: Tx, *, actor: Actor, incubator_id: UUID, details: ListDetails, copy_of: UUID | None = None, now: datetime
) -> PriceListView:
    """A draft, which only those see who coordinate the gmina. `copy_of` is a published list of the incubator.
    Raises NoSuchIncubator, NotYours, NoSuchPriceList, OutOfReach."""
    row = await incubator_to_change(tx, actor=actor, incubator_id=incubator_id)
    check_days(details)
    if copy_of is not None and not await tx.fetchval(
        "SELECT true FROM price_list WHERE id = $1 AND incubator_id = $2 AND state = 'published'", copy_of, incubator_id
    ):
        raise NoSuchPriceList()
    details = await with_terms(tx, details, like=copy_of)
    told = {"incubator_id": incubator_id, "copied_from": copy_of, "state": "draft", "created_at": now, "version": 1}
    list_id = await insert(tx, "price_list", details, id=uuid7(), **told)
    assert list_id is not None, "nothing of a draft is unique"
    if copy_of is not None:
        await _copy(tx, copy_of, list_id)
    after = {"in_force_from": details.in_force_from, "copied_from": copy_of}
    await tell(tx, actor, now, "draft_list", of=("price_list", list_id), gmina_id=row["gmina_id"], after=after)
    return await price_list(tx, actor=actor, list_id=list_id, today=now.astimezone(WARSAW).date())


def check_days(details: ListDetails) -> None:
    """Raises OutOfReach."""
    days = [day for day in (details.in_force_from, details.act_day) if day is not None]
    if any(not 2000 <= day.year < 2199 for day in days):
        raise OutOfReach()


async def _copy(tx: Tx, source: UUID, to: UUID) -> None:
    await tx.execute(COPY_EXTRAS, source, to)
    for row in await tx.fetch("SELECT id FROM tariff WHERE list_id = $1 ORDER BY position, id", source):
        tariff_id = uuid7()
        await tx.execute(COPY_TARIFF, row["id"], to, tariff_id)
        await tx.execute(COPY_RATES, row["id"], tariff_id)
        await tx.execute(COPY_SPACES, row["id"], tariff_id, to)
