"""What Stripe pays out to the gmina's bank: on its way, there, come back; and whether it is what it is made of."""

from datetime import timedelta

import httpx
import pytest

from incubator.db.engine import statement
from incubator.ledger.states import Account
from incubator.payments.stripe.states import PAYOUT_HEIGHT, PayoutState, payout_moved
from tests.payments.stripe.shop import Shop
from tests.payments.stripe.sold import books, line, sold, till
from tests.payments.stripe.test_disputes import KEPT, PRICE, differences
from tests.stripe_fake.post import Way

__all__ = ["line", "till"]
NET = PRICE - KEPT


async def test_it_leaves_stripe_and_is_at_the_bank_when_it_arrives(till: Shop, line: httpx.AsyncClient) -> None:
    await sold(till, line)
    key = till.fake.pay_out(till.account)
    await till.hear(line)
    there = await books(till)
    assert (there.get(Account.STRIPE), there[Account.TRANSIT], there.get(Account.BANK)) == (None, NET, None)
    till.fake.payout_arrives(key)
    till.fake.count_payout(key)
    await till.hear(line)
    there = await books(till)
    assert (there.get(Account.TRANSIT), there[Account.BANK]) == (None, NET)
    assert await differences(till) == []
    async with statement(till.db) as tx:
        assert await tx.fetchval("SELECT made_of FROM stripe_payout") == NET


@pytest.mark.parametrize("arrived", [True, False])
async def test_what_the_bank_would_not_take_is_at_stripe_again(
    till: Shop, line: httpx.AsyncClient, arrived: bool
) -> None:
    await sold(till, line)
    key = till.fake.pay_out(till.account)
    await till.hear(line)
    if arrived:
        till.fake.payout_arrives(key)
        await till.hear(line)
    till.fake.payout_bounces(key)
    await till.hear(line)
    there = await books(till)
    assert there[Account.STRIPE] == NET and Account.BANK not in there and Account.TRANSIT not in there
    assert await differences(till) == []


@pytest.mark.parametrize("seed", range(4))
async def test_every_order_of_events_ends_alike(till: Shop, line: httpx.AsyncClient, seed: int) -> None:
    await sold(till, line)
    key = till.fake.pay_out(till.account)
    till.fake.payout_arrives(key)
    if seed % 2:
        till.fake.payout_bounces(key)
    for turn in range(2):
        await till.hear(line, Way(seed=seed * 10 + turn, doubled=0.5, late=0.4, lost=0.2, shuffled=True))
    assert await differences(till) == []
    there = await books(till)
    assert there.get(Account.BANK, 0) == (0 if seed % 2 else NET) and Account.TRANSIT not in there


async def test_one_that_nobody_told_is_found_the_next_morning_and_followed(till: Shop, line: httpx.AsyncClient) -> None:
    await sold(till, line)
    key = till.fake.pay_out(till.account)
    assert await differences(till) == []
    assert (await books(till))[Account.TRANSIT] == NET
    till.fake.payout_arrives(key)
    assert await differences(till) == []
    assert (await books(till))[Account.BANK] == NET


@pytest.mark.parametrize("counted_later", [True, False])
async def test_one_that_is_not_the_sum_of_its_transactions_is_listed(
    till: Shop, line: httpx.AsyncClient, counted_later: bool
) -> None:
    await sold(till, line)
    key = till.fake.pay_out(till.account, amiss=5)
    if counted_later:
        assert await differences(till) == []
    till.fake.count_payout(key)
    assert await differences(till) == [("amount", "payout", -NET - 5, -NET)]


def test_states_only_climb() -> None:
    for state in PayoutState:
        for then in PayoutState:
            moved = payout_moved(state, then)
            assert moved is None or PAYOUT_HEIGHT[moved] > PAYOUT_HEIGHT[state]


async def test_payouts_of_another_gmina_are_its_own(till: Shop, line: httpx.AsyncClient) -> None:
    await sold(till, line)
    till.fake.pay_out(till.account)
    till.now += timedelta(minutes=1)
    await till.hear(line)
    async with statement(till.db) as tx:
        assert await tx.fetchval("SELECT gmina_id FROM stripe_payout") == till.cast.niepolomice


async def test_one_in_another_currency_is_listed_and_the_rest_of_the_day_compared(
    till: Shop, line: httpx.AsyncClient
) -> None:
    await sold(till, line)
    key = till.fake.pay_out(till.account)
    store = till.fake.store
    with store.deed():
        made = store.find(till.account, "payout", key)
        assert made is not None
        store.change(made, currency="eur")
    async with statement(till.db) as tx:
        await tx.execute("UPDATE checkout SET fee = 1")
    assert sorted(await differences(till)) == [
        ("fee", "payment", KEPT, 1),
        ("only_there", "payout", -NET, None),
    ]
    async with statement(till.db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM stripe_day WHERE error <> ''") == 0
