"""Publish a price list: from its day on it is what the incubator charges, and it is never changed again."""

from datetime import date, datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.kernel.period import WARSAW
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.reach import bump_incubator
from incubator.pricing.queries import price_list
from incubator.pricing.reach import list_to_change
from incubator.pricing.set_steps import steps_must_fall
from incubator.pricing.views_lists import PriceListView


class ActMissing(Invalid):
    """A list that no act adopts yet."""

    code = "act_missing"
    sentence = N_("Say the number and the day of the act that adopts this price list.")


class StartsInThePast(Invalid):
    """A list that would count for days that are over."""

    code = "list_starts_in_the_past"
    sentence = N_("A price list counts from today at the earliest. Choose a later day.")


class ListUnfinished(Invalid):
    """A list without a tariff, or a tariff without a price or without a space."""

    code = "list_unfinished"
    sentence = N_("Each tariff needs a price and a space, and the list a tariff. What is to be free has a price of 0.")


class ListOnThatDay(Conflict):
    """Another list of the incubator counts from the same day."""

    code = "list_on_that_day"
    sentence = N_("Another published price list of this incubator counts from the same day. Choose another day.")


UNFINISHED = """
SELECT NOT EXISTS (SELECT FROM tariff WHERE list_id = $1) OR EXISTS (
    SELECT FROM tariff WHERE list_id = $1 AND NOT (
        EXISTS (SELECT FROM rate WHERE tariff_id = tariff.id) AND EXISTS (SELECT FROM tariff_space WHERE tariff_id = tariff.id)
    )
)
"""
PUBLISH = "UPDATE price_list SET state = 'published', published_at = $2, version = version + 1 WHERE id = $1"


async def publish_list(tx: Tx, *, actor: Actor, list_id: UUID, seen: int | None = None, now: datetime) -> PriceListView:
    """Raises NoSuchPriceList, NotYours, ListPublished, ChangedMeanwhile, ActMissing, StartsInThePast,
    ListUnfinished, StepsRise, ListOnThatDay."""
    row = await list_to_change(tx, actor=actor, list_id=list_id, seen=seen)
    today = now.astimezone(WARSAW).date()
    await _must_be_ready(tx, row, today)
    try:
        await tx.execute(PUBLISH, list_id, now)
    except asyncpg.UniqueViolationError as error:
        if error.constraint_name != "price_list_one_a_day":
            raise
        raise ListOnThatDay() from None
    after = {"in_force_from": row["in_force_from"], "act_number": row["act_number"]}
    await tell(tx, actor, now, "publish_list", of=("price_list", list_id), gmina_id=row["gmina_id"], after=after)
    await bump_incubator(tx, row["incubator_id"])
    return await price_list(tx, actor=actor, list_id=list_id, today=today)


async def _must_be_ready(tx: Tx, row: asyncpg.Record, today: date) -> None:
    if not row["act_number"] or row["act_day"] is None:
        raise ActMissing()
    if row["in_force_from"] < today:
        raise StartsInThePast()
    if await tx.fetchval(UNFINISHED, row["id"]):
        raise ListUnfinished()
    await steps_must_fall(tx, list_id=row["id"])
