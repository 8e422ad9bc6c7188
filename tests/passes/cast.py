"""Passes on sale and bought, for tests."""

from datetime import datetime
from typing import Any
from uuid import UUID

from incubator.bookings.draft import Order
from incubator.bookings.hold import hold_order
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, Tx, attempt, statement, transaction
from incubator.kernel.period import Period
from incubator.ledger.check_books import check_books
from incubator.ledger.queries import balances_at
from incubator.ledger.states import Account
from incubator.passes.buy_pass import buy_pass
from incubator.passes.check_passes import check_passes
from incubator.passes.go_live import go_live
from incubator.passes.queries import pass_as_it_is
from incubator.passes.views import PassView
from incubator.payments.check_charges import check_charges
from incubator.payments.locked import locked
from incubator.payments.settle_charge import settle_charge
from incubator.payments.states import ChargeState, Method
from incubator.pricing.details_passes import PassDetails, PassPriceLine, PassWish
from incubator.pricing.publish_list import publish_list
from incubator.pricing.set_pass import set_pass
from incubator.pricing.states import Category
from incubator.pricing.views_lists import PriceListView
from tests.aid.cast import put_declaration, put_rate
from tests.cast import Cast, Person, acting
from tests.moments import NOW
from tests.pricing.cast import a_draft, a_tariff, hourly

HOURS = 20
PRICES = (("commercial", 150_000), ("incubated", 50_000), ("resident", 80_000))
RATES = (hourly("commercial", 10_000), hourly("incubated", 3_000), hourly("resident", 5_000))


def a_pass(prices: tuple[tuple[str, int], ...] = PRICES, **more: Any) -> PassWish:
    """20 room hours for half a year: 1500 zł, 500 for startups, 800 for residents; net on the list of `on_sale`."""
    told = {"name_pl": "Karnet 20 godzin", "name_en": "20 room hours", "kind": "room_minutes", "valid_days": 180}
    return PassWish(
        details=PassDetails(**{**told, "amount": HOURS * 60, **more}),
        prices=[PassPriceLine(category=Category(category), price=price) for category, price in prices],
    )


async def on_sale(db: Database, cast: Cast, *passes: PassWish, stated: str = "net") -> PriceListView:
    """A list of LAS in force today, with tariffs for rooms; and what aid needs."""
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        more = {"day": NOW.date(), "stated": stated, "startups_incubated": True}
        draft = await a_draft(tx, actor, cast.las, a_tariff(cast.room_l, cast.room_s, rates=RATES), **more)
        for wish in passes or (a_pass(),):
            await set_pass(tx, actor=actor, list_id=draft.id, wish=wish, now=NOW)
        await put_rate(tx)
        await put_declaration(tx, organisation=cast.acme, by=cast.owner.id)
        return await publish_list(tx, actor=actor, list_id=draft.id, now=NOW)


async def order(
    db: Database, cast: Cast, listed: PriceListView, *, who: Person | None = None, own: bool = False, nth: int = 0
) -> PassView:
    """Bought by Acme's member for Acme, or for themself."""
    actor = await acting(db, who or cast.member)
    product, organisation = listed.passes[nth].id, None if own else cast.acme
    return await attempt(
        db, lambda tx: buy_pass(tx, actor=actor, product_id=product, organisation_id=organisation, now=NOW)
    )


async def pay(db: Database, bought: PassView, *, now: datetime = NOW) -> PassView:
    """By transfer, and what follows."""
    async with transaction(db) as tx:
        await pay_in(tx, bought, now=now)
    async with transaction(db) as tx:
        return await follow(tx, bought, now=now)


async def pay_in(tx: Tx, bought: PassView, *, now: datetime = NOW) -> None:
    assert bought.charge_id is not None
    await settle_charge(
        tx,
        charge_id=bought.charge_id,
        method=Method.TRANSFER,
        amount=bought.gross,
        received_on=now.date(),
        reference="",
        now=now,
    )


async def follow(tx: Tx, bought: PassView, *, now: datetime = NOW) -> PassView:
    """What the job does when the charge is paid."""
    assert bought.charge_id is not None
    charge = await locked(tx, charge_id=bought.charge_id)
    if charge.state == ChargeState.PAID:
        await go_live(tx, charge=charge, now=now)
    return await pass_as_it_is(tx, pass_id=bought.id)


async def live(db: Database, cast: Cast, listed: PriceListView, **more: Any) -> PassView:
    return await pay(db, await order(db, cast, listed, **more))


async def book(
    db: Database, cast: Cast, period: Period, *, who: Person | None = None, own: bool = False, **more: Any
) -> BookingView:
    """Room L, outright, unless told otherwise."""
    actor = await acting(db, who or cast.member)
    told = {"space_id": cast.room_l, "organisation_id": None if own else cast.acme, "outright": True, **more}
    wish = Order(period=period, **told)
    return await attempt(db, lambda tx: hold_order(tx, actor=actor, order=wish, now=NOW), bare=True)


async def as_it_is(db: Database, pass_id: UUID) -> PassView:
    async with statement(db) as tx:
        return await pass_as_it_is(tx, pass_id=pass_id)


async def ahead(db: Database, cast: Cast) -> tuple[int, int]:
    """What Niepołomice holds as paid ahead, and what it earned; with every check of the night."""
    async with transaction(db) as tx:
        assert await check_books(tx, now=NOW) == {}
        assert await check_charges(tx, now=NOW) == {}
        assert await check_passes(tx, now=NOW) == {}
        found = await balances_at(tx, gmina_id=cast.niepolomice, at=datetime.max.replace(tzinfo=NOW.tzinfo))
    return -found[Account.PREPAID], -found[Account.REVENUE]


async def aid_of(db: Database, bought: PassView) -> list[int]:
    async with statement(db) as tx:
        rows = await tx.fetch("SELECT amount FROM aid_entry WHERE subject_id = $1 ORDER BY turn", bought.id)
    return [row["amount"] for row in rows]
