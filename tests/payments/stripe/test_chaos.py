"""Much at once and most of it badly: at the end each checkout is paid once or ended, and both books say the same."""

import asyncio
import random
from datetime import timedelta

import httpx
import pytest

from incubator.db.engine import attempt, statement
from incubator.payments.stripe.reconcile import reconcile_due
from tests.payments.stripe.shop import Shop
from tests.stripe_fake.faults import Fault
from tests.stripe_fake.post import Way
from tests.stripe_fake.wrong import Wrong

pytestmark = pytest.mark.slow

MANY, WAVES = 300, 6
OURS = """
SELECT count(*) AS n, count(*) FILTER (WHERE state = 'paid') AS paid, sum(amount) FILTER (WHERE state = 'paid') AS came,
    sum(fee) AS fees, count(*) FILTER (WHERE state IN ('wanted', 'open')) AS under_way,
    count(*) FILTER (WHERE state = 'failed') AS failed
FROM checkout
"""
GAVE = "SELECT coalesce(sum(amount), 0) FROM stripe_refund WHERE state = 'done'"
TWICE = """
SELECT count(*) FROM (
    SELECT FROM history WHERE verb IN ('told_paid', 'told_expired', 'told_failed', 'told_refunded')
    GROUP BY subject_id, verb HAVING count(*) > 1
) AS twice
"""
PAID = "SELECT id, amount FROM checkout WHERE state = 'paid' ORDER BY id LIMIT 40"
FAULTS = (
    Fault.RATE_LIMIT,
    Fault.ERROR_BEFORE,
    Fault.ERROR_AFTER,
    Fault.ERROR_KEPT,
    Fault.CUT_BEFORE,
    Fault.CUT_AFTER,
)


@pytest.mark.parametrize("seed", [1, 2])
async def test_three_hundred_checkouts_over_a_bad_line(shop: Shop, house: httpx.AsyncClient, seed: int) -> None:
    dice = random.Random(seed)
    faults = shop.fake.faults
    faults.by_chance, faults.share, faults.dice = FAULTS, 0.15, random.Random(seed)
    shop.fake.late_fees = True
    for wave in range(WAVES):
        for _ in range(MANY // WAVES):
            await shop.want(amount=dice.randrange(200, 90_000), minutes=dice.randrange(31, 300))
        await shop.work(rounds=3)
        await people_pay(shop, dice)
        way = Way(seed=seed * 100 + wave, lost=0.2, doubled=0.3, late=0.3, shuffled=True)
        answers = await shop.hear(house, way)
        assert set(answers) <= {200}
        await shop.come_round(after=timedelta(minutes=dice.randrange(5, 40)))
        shop.fake.tell_fees()
    await give_some_back(shop)
    faults.share = 0
    for _ in range(12):
        await shop.hear(house, Way(seed=seed, doubled=0.3, shuffled=True))
        await shop.come_round(after=timedelta(hours=1, minutes=1))
    await reckon(shop, house)


async def people_pay(shop: Shop, dice: random.Random) -> None:
    """Some pay at once, some slowly, some never; some try a card that is declined."""
    for session in shop.fake.sessions():
        if session["status"] == "complete" and session["payment_status"] == "unpaid" and dice.random() < 0.7:
            clear_once(shop, session["id"], well=dice.random() < 0.6)
        if session["status"] != "open" or dice.random() < 0.4:
            continue
        method = dice.choice(["card", "blik", "p24"])
        try:
            if dice.random() < 0.1:
                shop.fake.decline(session["id"], "card")
            shop.fake.pay(session["id"], method, slow=method == "p24" and dice.random() < 0.5)
        except Wrong:
            continue  # it expired while they looked for their card


def clear_once(shop: Shop, session: str, *, well: bool) -> None:
    found = shop.fake.store.find(shop.account, "checkout.session", session)
    intent = shop.fake.store.find(shop.account, "payment_intent", found["payment_intent"])
    if intent["status"] == "processing":
        shop.fake.clear(session, well=well)


async def give_some_back(shop: Shop) -> None:
    async with statement(shop.db) as tx:
        rows = await tx.fetch(PAID)
    await asyncio.gather(*(shop.give_back(row["id"], row["amount"] // 2) for row in rows))
    await shop.work(rounds=20)


async def reckon(shop: Shop, house: httpx.AsyncClient) -> None:
    for session in shop.fake.sessions():
        if session["status"] == "complete" and session["payment_status"] == "unpaid":
            clear_once(shop, session["id"], well=False)
    for refund in shop.fake.store.every("refund"):
        if refund["status"] == "pending":
            shop.fake.refund_succeeds(refund["id"])
    await shop.hear(house)
    await shop.come_round(after=timedelta(hours=7))
    async with statement(shop.db) as tx:
        ours, gave = await tx.fetchrow(OURS), await tx.fetchval(GAVE)
        assert await tx.fetchval(TWICE) == 0
    assert (ours["n"], ours["under_way"]) == (MANY, 0)
    paid = [one for one in shop.fake.sessions() if one["payment_status"] == "paid"]
    assert len({one["client_reference_id"] for one in paid}) == len(paid) == ours["paid"] > MANY // 4
    assert shop.fake.balance(shop.account) == (ours["came"] - gave, ours["fees"]) and gave > 0
    assert await shop.strange() == []
    told = await shop.told()
    assert told["paid"] + told["expired"] + told["failed"] == MANY
    shop.now -= timedelta(hours=1)
    for _ in range(3):
        shop.now += timedelta(days=1)
        await attempt(shop.db, lambda tx: reconcile_due(tx, now=shop.now))
        await shop.work()
    async with statement(shop.db) as tx:
        assert await tx.fetch("SELECT kind, what, source FROM stripe_difference") == []
