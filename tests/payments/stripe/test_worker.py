"""The queue's own worker takes a payment from end to end; and all roads to one row at once tell it once."""

import asyncio
from collections.abc import Awaitable, Callable

import httpx
import pytest

from incubator.db.engine import attempt, statement
from incubator.jobs.work import working
from incubator.kernel.ids import uuid7
from incubator.payments.stripe.ask_checkout import ask_checkout
from incubator.payments.stripe.end_checkout import call_off_checkouts, end_checkout
from incubator.payments.stripe.jobs import stripe_jobs
from incubator.payments.stripe.open_checkout import open_checkout
from incubator.payments.stripe.work_event import work_event
from tests.payments.stripe.shop import Shop


async def until(holds: Callable[[], Awaitable[bool]], seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while not await holds():
            await asyncio.sleep(0.1)


@pytest.mark.slow
async def test_the_worker_takes_a_payment_and_gives_it_back(shop: Shop, house: httpx.AsyncClient) -> None:
    async with working(shop.db, jobs=stripe_jobs(shop.till), recurring={}, clock=lambda: shop.now):
        checkout = await shop.want()

        async def stands(state: str) -> bool:
            return (await shop.row(checkout))["state"] == state

        await until(lambda: stands("open"))
        shop.fake.pay((await shop.row(checkout))["session_id"], "blik")
        assert set(await shop.fake.deliver(house)) == {200}
        await until(lambda: stands("paid"))
        request = await shop.give_back(checkout, 12_300)

        async def given() -> bool:
            return (await shop.refund(request))["state"] == "done"

        await until(given)
    assert await shop.told() == {"paid": 1, "refunded": 1}


async def test_all_roads_at_once_tell_once(shop: Shop, house: httpx.AsyncClient) -> None:
    """Our own answers, what is asked for, what is told and what is called off, all of one payment."""
    charge = uuid7()
    checkout = await shop.want(charge=charge)
    await open_checkout(shop.till, shop.db, subject_id=checkout, now=shop.now)
    shop.fake.pay((await shop.row(checkout))["session_id"], "card")
    await attempt(shop.db, lambda tx: call_off_checkouts(tx, charge_id=charge, now=shop.now))
    await shop.fake.deliver(house)
    async with statement(shop.db) as tx:
        events = [row["id"] for row in await tx.fetch("SELECT id FROM stripe_event")]
    acts = [
        *(act(shop.till, shop.db, subject_id=checkout, now=shop.now) for act in (open_checkout, ask_checkout) * 3),
        *(work_event(shop.till, shop.db, subject_id=event, now=shop.now) for event in events * 2),
        *(end_checkout(shop.till, shop.db, subject_id=checkout, now=shop.now) for _ in range(2)),
    ]
    await asyncio.gather(*acts)
    assert (await shop.row(checkout))["state"] == "paid"
    assert await shop.told() == {"paid": 1}
