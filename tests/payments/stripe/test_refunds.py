"""Money goes back the way it came, once, or the house hears why not."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from incubator.db.engine import statement
from incubator.kernel.ids import uuid7
from incubator.payments.stripe.send_refund import send_refund
from incubator.payments.stripe.want_refund import NotPaidByStripe
from tests.payments.stripe.shop import Shop
from tests.stripe_fake.faults import Fault
from tests.stripe_fake.payments import fee_of


async def paid(shop: Shop, house: httpx.AsyncClient, method: str = "card") -> Any:
    checkout = await shop.want()
    await shop.work()
    shop.fake.pay((await shop.row(checkout))["session_id"], method)
    await shop.hear(house)
    return await shop.row(checkout)


def at_stripe(shop: Shop) -> list[dict[str, Any]]:
    return shop.fake.store.every("refund")


async def test_a_part_and_the_rest_are_given_back(shop: Shop, house: httpx.AsyncClient) -> None:
    row = await paid(shop, house)
    part, rest = await shop.give_back(row["id"], 12_000), await shop.give_back(row["id"], 300)
    await shop.work()
    for request in (part, rest):
        found = await shop.refund(request)
        assert (found["state"], found["error"], found["ask_at"]) == ("done", "", None)
        assert found["sent_at"] == found["ended_at"] == shop.now
    assert sorted(one["amount"] for one in at_stripe(shop)) == [300, 12_000]
    await shop.hear(house)
    assert await shop.told() == {"paid": 1, "refunded": 2}
    assert shop.fake.balance(shop.account) == (0, fee_of("card", 12_300))
    assert await shop.strange() == []


async def test_a_refund_of_the_house_is_asked_for_once(shop: Shop, house: httpx.AsyncClient) -> None:
    row, refund = await paid(shop, house), uuid7()
    made = await asyncio.gather(*(shop.give_back(row["id"], 100, refund=refund) for _ in range(8)))
    assert len(set(made)) == 1
    await asyncio.gather(*(send_refund(shop.till, shop.db, subject_id=made[0], now=shop.now) for _ in range(6)))
    assert len(at_stripe(shop)) == 1
    assert (await shop.told())["refunded"] == 1


async def test_what_was_not_paid_this_way_is_not_given_back_this_way(shop: Shop) -> None:
    with pytest.raises(NotPaidByStripe):
        await shop.give_back(await shop.want(), 100)
    with pytest.raises(NotPaidByStripe):
        await shop.give_back(uuid7(), 100)


@pytest.mark.parametrize(
    "fault", [Fault.RATE_LIMIT, Fault.ERROR_BEFORE, Fault.CUT_BEFORE, Fault.CUT_AFTER, Fault.SILENCE_AFTER]
)
async def test_what_may_have_failed_is_tried_again_with_the_same_key(
    shop: Shop, house: httpx.AsyncClient, fault: Fault
) -> None:
    row = await paid(shop, house)
    shop.fake.faults.plan(fault, fault)
    request = await shop.give_back(row["id"], 5_000)
    await shop.work()
    found = await shop.refund(request)
    assert (found["state"], found["attempt"], len(shop.failures)) == ("done", 1, 2)
    assert [one["amount"] for one in at_stripe(shop)] == [5_000]


@pytest.mark.parametrize(("fault", "attempt"), [(Fault.ERROR_AFTER, 1), (Fault.ERROR_KEPT, 2)])
async def test_behind_a_500_that_stripe_keeps_is_one_refund(
    shop: Shop, house: httpx.AsyncClient, fault: Fault, attempt: int
) -> None:
    row = await paid(shop, house)
    shop.fake.faults.plan(fault)
    request = await shop.give_back(row["id"], 5_000)
    await shop.work()
    found = await shop.refund(request)
    assert (found["state"], found["attempt"]) == ("done", attempt)
    assert [one["id"] for one in at_stripe(shop)] == [found["stripe_id"]]


async def test_what_was_asked_more_than_a_day_ago_is_looked_for_first(shop: Shop, house: httpx.AsyncClient) -> None:
    """Stripe has forgotten the key by then, and would give the money back once more."""
    row = await paid(shop, house)
    shop.fake.faults.plan(Fault.CUT_AFTER)
    request = await shop.give_back(row["id"], 5_000)
    await shop.work(rounds=1)
    assert len(at_stripe(shop)) == 1 and (await shop.refund(request))["state"] == "wanted"
    shop.now += timedelta(hours=25)
    await shop.work()
    assert (await shop.refund(request))["state"] == "done"
    assert [one["amount"] for one in at_stripe(shop)] == [5_000]


async def test_more_than_was_paid_ends_with_the_reason(shop: Shop, house: httpx.AsyncClient) -> None:
    row = await paid(shop, house)
    request = await shop.give_back(row["id"], 12_301)
    await shop.work()
    found = await shop.refund(request)
    assert found["state"] == "failed" and "greater than unrefunded amount" in found["error"]
    assert at_stripe(shop) == [] and (await shop.told())["refund_failed"] == 1


async def test_on_a_wrong_account_it_ends_with_the_reason(shop: Shop, house: httpx.AsyncClient) -> None:
    for account, reason in ((shop.other, "No such payment_intent"), ("acct_gone", "does not have access")):
        row = await paid(shop, house)
        request = await shop.give_back(row["id"], 100)
        async with statement(shop.db) as tx:
            await tx.execute("UPDATE checkout SET account = $2 WHERE id = $1", row["id"], account)
        await shop.work()
        found = await shop.refund(request)
        assert found["state"] == "failed" and reason in found["error"]
    assert at_stripe(shop) == []


async def test_after_a_dispute_nothing_more_is_given_back(shop: Shop, house: httpx.AsyncClient) -> None:
    row = await paid(shop, house)
    shop.fake.dispute(row["payment_intent"])
    request = await shop.give_back(row["id"], 100)
    await shop.work()
    assert "charged back" in (await shop.refund(request))["error"]


async def test_a_bank_that_takes_days_is_waited_for(shop: Shop, house: httpx.AsyncClient) -> None:
    row = await paid(shop, house, "p24")
    told, asked = await shop.give_back(row["id"], 100), await shop.give_back(row["id"], 200)
    await shop.work()
    await shop.hear(house)
    assert [(await shop.refund(one))["state"] for one in (told, asked)] == ["sent", "sent"]
    assert "refunded" not in await shop.told()
    shop.fake.refund_succeeds((await shop.refund(told))["stripe_id"])
    await shop.hear(house)
    assert (await shop.refund(told))["state"] == "done"
    shop.fake.refund_succeeds((await shop.refund(asked))["stripe_id"])
    await shop.come_round(after=timedelta(hours=7))
    assert (await shop.refund(asked))["state"] == "done"
    assert (await shop.told())["refunded"] == 2


@pytest.mark.parametrize("method", ["card", "p24"])
async def test_a_bank_may_send_it_back_after_all(shop: Shop, house: httpx.AsyncClient, method: str) -> None:
    row = await paid(shop, house, method)
    request = await shop.give_back(row["id"], 100)
    await shop.work()
    shop.fake.refund_fails((await shop.refund(request))["stripe_id"])
    await shop.hear(house)
    await shop.hear(house)
    found = await shop.refund(request)
    assert (found["state"], found["error"]) == ("failed", "lost_or_stolen_card")
    assert (await shop.told())["refund_failed"] == 1
    assert (await shop.told()).get("refunded", 0) == (1 if method == "card" else 0)


async def test_a_refund_made_by_hand_at_stripe_is_none_of_ours(shop: Shop, house: httpx.AsyncClient) -> None:
    row = await paid(shop, house)
    options = {"stripe_account": shop.account}
    told = {"payment_intent": row["payment_intent"], "amount": 100}
    await shop.till.line.ask(lambda line: line.v1.refunds.create_async(told, options))
    await shop.hear(house)
    assert await shop.told() == {"paid": 1} and await shop.strange() == []
