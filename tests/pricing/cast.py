"""Price lists for tests, put through the verbs."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from incubator.db.engine import Database, Tx, transaction
from incubator.kernel.ids import uuid7
from incubator.people.actor import Actor
from incubator.pricing.details import ExtraDetails, ListDetails, RateLine, TariffDetails, TariffWish
from incubator.pricing.draft_list import draft_list
from incubator.pricing.publish_list import publish_list
from incubator.pricing.set_extra import set_extra
from incubator.pricing.set_tariff import set_tariff
from incubator.pricing.states import Category, Unit
from incubator.pricing.views_lists import PriceListView
from tests.cast import Cast, acting
from tests.moments import NOW

DAY = date(2026, 9, 1)


def details(day: date = DAY, **more: Any) -> ListDetails:
    told = {"name_pl": "Cennik", "act_number": "12/2026", "act_day": date(2026, 8, 1)}
    return ListDetails(in_force_from=day, **{**told, **more})


def hourly(category: str, price: int, **more: Any) -> RateLine:
    return RateLine(category=Category(category), unit=Unit.HOUR, price=price, **more)


def a_tariff(*space_ids: UUID, rates: tuple[RateLine, ...] = (hourly("commercial", 10000),), **more: Any) -> TariffWish:
    return TariffWish(details=TariffDetails(name_pl="Sale", **more), rates=list(rates), space_ids=list(space_ids))


async def a_draft(
    tx: Tx, actor: Actor, incubator_id: UUID, *wishes: TariffWish, now: datetime = NOW, **more: Any
) -> PriceListView:
    view = await draft_list(tx, actor=actor, incubator_id=incubator_id, details=details(**more), now=now)
    for wish in wishes:
        view = await set_tariff(tx, actor=actor, list_id=view.id, wish=wish, now=now)
    return view


async def in_force(
    db: Database, cast: Cast, *wishes: TariffWish, extras: tuple[ExtraDetails, ...] = (), **more: Any
) -> PriceListView:
    """A published list of LAS that counts from today on."""
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        draft = await a_draft(tx, actor, cast.las, *(wishes or (a_tariff(cast.room_l),)), **{"day": NOW.date(), **more})
        for extra in extras:
            await set_extra(tx, actor=actor, list_id=draft.id, details=extra, now=NOW)
        return await publish_list(tx, actor=actor, list_id=draft.id, now=NOW)


LATER = NOW.date() + timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Put:
    """A list and what is on it."""

    id: UUID
    tariff: UUID
    extra: UUID
    product: UUID


async def put_list(tx: Tx, *, incubator: UUID, space: UUID, published: bool = False) -> Put:
    """A list of rows, with a tariff for the space and an extra; a published one counts from 2026 on."""
    made = Put(uuid7(), uuid7(), uuid7(), uuid7())
    day = date(2026, 1, 1) if published else date(2030, 1, 1)
    await tx.execute(LIST, made.id, incubator, day)
    await tx.execute(TARIFF, made.tariff, made.id)
    await tx.execute(
        "INSERT INTO tariff_space (tariff_id, space_id, list_id) VALUES ($1, $2, $3)", made.tariff, space, made.id
    )
    await tx.execute(RATE, made.tariff)
    await tx.execute(EXTRA, made.extra, made.id)
    await tx.execute(PASS, made.product, made.id)
    await tx.execute(PASS_PRICE, made.product)
    if published:
        await tx.execute("UPDATE price_list SET state = 'published', published_at = now() WHERE id = $1", made.id)
    return made


LIST = """
INSERT INTO price_list (id, incubator_id, name_pl, name_en, act_number, act_day, act_url, in_force_from, stated,
    startups_incubated, state, version)
VALUES ($1, $2, 'Cennik', '', '1/2026', '2026-01-01', '', $3, 'gross', false, 'draft', 1)
"""
TARIFF = """
INSERT INTO tariff (id, list_id, position, name_pl, name_en, vat, basis, step_minutes, half_day_minutes, deposit,
    deposit_above_minutes, peak_from, peak_until, peak_percent)
VALUES ($1, $2, 0, 'Sale', '', '23', '', 60, 240, 0, 0, 0, 0, 0)
"""
RATE = "INSERT INTO rate (tariff_id, category, local_only, unit, from_unit, price) VALUES ($1, 'commercial', false, 'hour', 1, 10000)"
PASS = """
INSERT INTO pass_product (id, list_id, position, name_pl, name_en, kind, amount, valid_days, vat, basis)
VALUES ($1, $2, 0, 'Karnet', '', 'room_minutes', 600, 90, '23', '')
"""
PASS_PRICE = "INSERT INTO pass_price (product_id, category, local_only, price) VALUES ($1, 'commercial', false, 50000)"
EXTRA = """
INSERT INTO extra (id, list_id, position, name_pl, name_en, per, price, vat, basis)
VALUES ($1, $2, 0, 'Kawa', '', 'booking', 500, '23', '')
"""
