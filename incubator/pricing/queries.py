"""Price lists as those who ask may see them: published ones everybody, drafts who coordinates the gmina."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import asyncpg
import msgspec

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.people.actor import Actor
from incubator.pricing.states import Category
from incubator.pricing.views_lists import ExtraView, PriceListBrief, PriceListView, StepView, TariffView
from incubator.pricing.views_passes import PassProductView


class NoSuchPriceList(NotFound):
    """No list under this identifier, or a draft of others."""

    code = "no_such_price_list"
    sentence = N_("There is no such price list.")


@dataclass(frozen=True, slots=True)
class InForce:
    """A tariff of the list that is in force."""

    list: PriceListView
    tariff: TariffView


# $1 today.
BUYERS = f"'{{{','.join(Category)}}}'::text[]"
"""In the order in which price lists name them."""
BRIEF = """
SELECT price_list.*, incubator.gmina_id, incubator.slug AS incubator_slug, incubator.name AS incubator_name,
    price_list.id IS NOT DISTINCT FROM (
        SELECT id FROM price_list AS one
        WHERE one.incubator_id = price_list.incubator_id AND one.state = 'published' AND one.in_force_from <= $1
        ORDER BY one.in_force_from DESC LIMIT 1
    ) AS in_force,
    price_list.state = 'published' AND price_list.in_force_from > $1 AS coming
FROM price_list JOIN incubator ON incubator.id = price_list.incubator_id
"""
WHOLE = f"""
SELECT brief.*,
    coalesce((
        SELECT json_agg(part ORDER BY part.position, part.name_pl, part.id) FROM (
            SELECT tariff.*,
                coalesce((
                    SELECT json_agg(rate ORDER BY rate.category, rate.local_only, rate.unit, rate.from_unit)
                    FROM rate WHERE tariff_id = tariff.id
                ), '[]') AS rates,
                coalesce((
                    SELECT json_agg(json_build_object(
                        'id', space.id, 'slug', space.slug, 'name_pl', space.name_pl, 'name_en', space.name_en
                    ) ORDER BY space.position, space.slug)
                    FROM tariff_space JOIN space ON space.id = space_id WHERE tariff_id = tariff.id
                ), '[]') AS spaces
            FROM tariff WHERE list_id = brief.id
        ) AS part
    ), '[]')::text AS tariffs,
    coalesce((
        SELECT json_agg(extra ORDER BY extra.position, extra.name_pl, extra.id) FROM extra WHERE list_id = brief.id
    ), '[]')::text AS extras,
    coalesce((
        SELECT json_agg(step ORDER BY before_minutes DESC) FROM cancellation_step AS step WHERE list_id = brief.id
    ), '[]')::text AS steps,
    coalesce((
        SELECT json_agg(part ORDER BY part.position, part.name_pl, part.id) FROM (
            SELECT pass_product.*, (
                SELECT json_agg(said ORDER BY array_position({BUYERS}, said.category), said.local_only DESC)
                FROM pass_price AS said WHERE product_id = pass_product.id
            ) AS prices
            FROM pass_product WHERE list_id = brief.id
        ) AS part
    ), '[]')::text AS passes
FROM ({BRIEF}) AS brief
"""
ONE = f"{WHOLE} WHERE brief.id = $2"
COUNTING = f"{WHOLE} WHERE brief.incubator_id = $2 AND (in_force OR coming) ORDER BY in_force_from"
OF_INCUBATOR = f"""
{BRIEF} WHERE price_list.incubator_id = $2 AND ($3 OR state = 'published') ORDER BY in_force_from DESC, price_list.id DESC
"""


async def price_list(tx: Tx, *, actor: Actor | None, list_id: UUID, today: date) -> PriceListView:
    """Raises NoSuchPriceList."""
    row = await tx.fetchrow(ONE, today, list_id)
    if row is None or not (row["state"] == "published" or sees_drafts(actor, row["gmina_id"])):
        raise NoSuchPriceList()
    return _whole(row)


async def lists_that_count(tx: Tx, *, incubator_id: UUID, today: date) -> list[PriceListView]:
    """The one in force, if any, and those that come, whole and in time."""
    return [_whole(row) for row in await tx.fetch(COUNTING, today, incubator_id)]


async def tariff_in_force(tx: Tx, *, incubator_id: UUID, space_id: UUID, today: date) -> InForce | None:
    """What the space costs today; None where nothing is charged for it."""
    for one in await lists_that_count(tx, incubator_id=incubator_id, today=today):
        for tariff in one.tariffs if one.in_force else []:
            if any(space.id == space_id for space in tariff.spaces):
                return InForce(one, tariff)
    return None


async def lists_of(tx: Tx, *, actor: Actor | None, incubator_id: UUID, today: date) -> list[PriceListBrief]:
    """All that who asks may see, the latest first."""
    gmina_id = await tx.fetchval("SELECT gmina_id FROM incubator WHERE id = $1", incubator_id)
    drafts = gmina_id is not None and sees_drafts(actor, gmina_id)
    rows = await tx.fetch(OF_INCUBATOR, today, incubator_id, drafts)
    return [msgspec.convert(dict(row), PriceListBrief) for row in rows]


def sees_drafts(actor: Actor | None, gmina_id: UUID) -> bool:
    return actor is not None and (gmina_id in actor.coordinates or actor.is_administrator)


def _whole(row: asyncpg.Record) -> PriceListView:
    given = dict(row)
    given["tariffs"] = msgspec.json.decode(row["tariffs"], type=list[TariffView])
    given["steps"] = msgspec.json.decode(row["steps"], type=list[StepView])
    given["extras"] = msgspec.json.decode(row["extras"], type=list[ExtraView])
    given["passes"] = msgspec.json.decode(row["passes"], type=list[PassProductView])
    return msgspec.convert(given, PriceListView)
