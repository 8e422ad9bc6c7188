"""A charge that is paid by card, and how the books stand."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from litestar import Litestar

from incubator.db.engine import Database, attempt, transaction
from incubator.ledger.check_books import check_books
from incubator.ledger.queries import balances_at
from incubator.ledger.states import Account
from incubator.payments.by_stripe import LISTENERS
from incubator.payments.check_charges import check_charges
from incubator.payments.pay_online import pay_online
from tests.cast import Cast, acting
from tests.payments.money import charged
from tests.payments.stripe.shop import Shop, open_shop


@pytest.fixture
async def till(db: Database, cast: Cast) -> AsyncIterator[Shop]:
    """A shop whose money is booked."""
    async with open_shop(db, cast, listeners=LISTENERS) as made:
        yield made


@pytest.fixture
def line(till: Shop, app: Litestar, visit: Callable[..., httpx.AsyncClient]) -> httpx.AsyncClient:
    """By which Stripe reaches it."""
    app.state.till = till.till
    return visit()


async def begun(shop: Shop) -> tuple[UUID, str]:
    """The charge and the session by which it can be paid."""
    charge = await attempt(shop.db, lambda tx: charged(tx, shop.cast))
    actor = await acting(shop.db, shop.cast.member)
    told: dict[str, Any] = {"till": shop.till, "actor": actor, "charge_id": charge.id, "locale": "pl", "now": shop.now}
    checkout = await attempt(shop.db, lambda tx: pay_online(tx, **told))
    await shop.work()
    return charge.id, (await shop.row(checkout))["session_id"]


async def sold(shop: Shop, line: httpx.AsyncClient, method: str = "card") -> tuple[UUID, str]:
    """The charge, paid, and Stripe's intent."""
    charge, session = await begun(shop)
    shop.fake.pay(session, method)
    await shop.hear(line)
    async with transaction(shop.db) as tx:
        intent: str = await tx.fetchval("SELECT payment_intent FROM checkout WHERE session_id = $1", session)
    return charge, intent


async def books(shop: Shop) -> dict[Account, int]:
    """Balances of Niepołomice, when all checks find nothing and Stripe says of its account what we do."""
    async with transaction(shop.db) as tx:
        assert (await check_books(tx, now=shop.now), await check_charges(tx, now=shop.now)) == ({}, {})
        told = await balances_at(tx, gmina_id=shop.cast.niepolomice, at=shop.now + timedelta(days=400))
    moved, fees = shop.fake.balance(shop.account)
    assert told[Account.STRIPE] == moved - fees
    return {account: amount for account, amount in told.items() if amount}
