"""A day of Stripe's books beside ours: alike, or each difference is listed."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx

from incubator.db.engine import attempt, statement
from incubator.payments.stripe.compare import Difference, Given, Kind, Known, Sent, Taken, compare
from incubator.payments.stripe.jobs import stripe_jobs
from incubator.payments.stripe.reconcile import reconcile_due
from incubator.payments.stripe.seen import TransactionSeen
from incubator.payments.stripe.till import RECONCILE, Till
from tests.payments.stripe.shop import LISTENERS, Shop
from tests.payments.stripe.test_refunds import paid
from tests.stripe_fake.payments import book, fee_of

DIFFERENCES = """
SELECT kind, what, theirs, ours FROM stripe_difference JOIN stripe_day ON stripe_day.id = day_id
WHERE account = $1 ORDER BY kind, what
"""


async def next_morning(shop: Shop) -> list[tuple[Any, ...]]:
    """What is listed of Niepołomice."""
    shop.now += timedelta(days=1)
    await attempt(shop.db, lambda tx: reconcile_due(tx, now=shop.now))
    await shop.work()
    async with statement(shop.db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM stripe_day WHERE done_at IS NULL") == 0
        return [tuple(row) for row in await tx.fetch(DIFFERENCES, shop.account)]


async def test_books_that_are_alike_differ_in_nothing(shop: Shop, house: httpx.AsyncClient) -> None:
    rows = [await paid(shop, house, method) for method in ("card", "blik", "p24")]
    for row in rows:
        await shop.give_back(row["id"], 1_000)
    await shop.work()
    assert await next_morning(shop) == []
    async with statement(shop.db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM stripe_day") == 2, "each account has its day"
    assert await attempt(shop.db, lambda tx: reconcile_due(tx, now=shop.now)) == 0


async def test_a_day_that_is_compared_twice_at_once_lists_each_difference_once(
    shop: Shop, house: httpx.AsyncClient
) -> None:
    row = await paid(shop, house)
    async with statement(shop.db) as tx:
        await tx.execute("UPDATE checkout SET fee = 1 WHERE id = $1", row["id"])
    shop.now += timedelta(days=1)
    await attempt(shop.db, lambda tx: reconcile_due(tx, now=shop.now))
    async with statement(shop.db) as tx:
        (day,) = await tx.fetch("SELECT id FROM stripe_day WHERE account = $1", shop.account)
    compare_day = stripe_jobs(shop.till)[RECONCILE].act
    await asyncio.gather(*(compare_day(shop.db, subject_id=day["id"], now=shop.now) for _ in range(6)))
    async with statement(shop.db) as tx:
        assert len(await tx.fetch(DIFFERENCES, shop.account)) == 1


async def test_a_day_on_which_stripe_was_away_is_compared_the_next(shop: Shop, house: httpx.AsyncClient) -> None:
    await paid(shop, house)
    async with statement(shop.db) as tx:
        await tx.execute("DELETE FROM stripe_account WHERE account = $1", shop.other)
    off = Till(None, LISTENERS, "")
    shop.now += timedelta(days=1)
    assert await attempt(shop.db, lambda tx: reconcile_due(tx, now=shop.now)) == 1
    async with statement(shop.db) as tx:
        (day,) = await tx.fetch("SELECT id FROM stripe_day")
    await stripe_jobs(off)[RECONCILE].act(shop.db, subject_id=day["id"], now=shop.now)
    assert await compared(shop) == 0
    shop.now += timedelta(days=1)
    assert await attempt(shop.db, lambda tx: reconcile_due(tx, now=shop.now)) == 2
    await shop.work()
    assert await compared(shop) == 2


async def compared(shop: Shop) -> int:
    async with statement(shop.db) as tx:
        return await tx.fetchval("SELECT count(*) FROM stripe_day WHERE done_at IS NOT NULL")


async def test_an_account_that_takes_no_payments_any_more_is_noticed(shop: Shop) -> None:
    shop.fake.enable(shop.account, charges=False)
    await next_morning(shop)
    async with statement(shop.db) as tx:
        since = await tx.fetchval("SELECT charges_since FROM stripe_account WHERE account = $1", shop.account)
    assert since is None


async def test_each_difference_is_listed(shop: Shop, house: httpx.AsyncClient) -> None:
    one, other = await paid(shop, house), await paid(shop, house)
    async with statement(shop.db) as tx:
        await tx.execute("UPDATE checkout SET fee = 1 WHERE id = $1", one["id"])
        await tx.execute("UPDATE checkout SET stripe_charge = 'ch_else', amount = 500 WHERE id = $1", other["id"])
    with shop.fake.store.deed():
        book(shop.fake.store, shop.account, "stripe_fee", "", 0, 6_000)
    assert await next_morning(shop) == [
        ("fee", "payment", fee_of("card", 12_300), 1),
        ("only_here", "payment", None, 500),
        ("only_there", "payment", 12_300, None),
        ("other", "stripe_fee", -6_000, None),
    ]


async def test_a_fee_that_nobody_told_is_learnt(shop: Shop, house: httpx.AsyncClient) -> None:
    shop.fake.late_fees = True
    row = await paid(shop, house)
    shop.fake.tell_fees()
    assert await next_morning(shop) == []
    assert (await shop.row(row["id"]))["fee"] == fee_of("card", 12_300)
    assert (await shop.told())["fee"] == 1


async def test_a_refund_made_by_hand_and_one_that_came_back_are_seen(shop: Shop, house: httpx.AsyncClient) -> None:
    row = await paid(shop, house)
    told, on = {"payment_intent": row["payment_intent"], "amount": 700}, {"stripe_account": shop.account}
    await shop.till.line.ask(lambda line: line.v1.refunds.create_async(told, on))
    request = await shop.give_back(row["id"], 100)
    await shop.work()
    shop.fake.refund_fails((await shop.refund(request))["stripe_id"])
    assert await next_morning(shop) == [
        ("only_there", "refund", -700, None),
        ("only_there", "refund_failure", 100, None),
    ]


async def test_an_account_that_is_closed_to_us_is_said(shop: Shop) -> None:
    async with statement(shop.db) as tx:
        await tx.execute("UPDATE stripe_account SET account = 'acct_gone' WHERE account = $1", shop.account)
    await next_morning(shop)
    async with statement(shop.db) as tx:
        error = await tx.fetchval("SELECT error FROM stripe_day WHERE account = 'acct_gone'")
    assert "does not have access" in error


def line(kind: str, source: str, amount: int, fee: int = 0, created: int = 10) -> TransactionSeen:
    return TransactionSeen(
        id=f"txn_{source}", type=kind, amount=amount, fee=fee, currency="pln", created=created, source=source
    )


def test_what_is_booked_after_the_day_only_proves_what_is_of_the_day() -> None:
    known = Known(taken={"ch_1": Taken(UUID(int=1), 500, 7, True)}, given={"re_1": Given(200, False, True)})
    late = [line("payment", "ch_1", 500, 7, created=20), line("payment_refund", "re_1", -200, created=21)]
    assert compare(late, known, until=20) == ([], [])
    assert [one.kind for one in compare([], known, until=20)[0]] == [Kind.ONLY_HERE, Kind.ONLY_HERE]
    unknown = [line("charge", "ch_2", 900, created=20)]
    assert compare(unknown, Known({}, {}), until=20) == ([], [])


def test_amounts_have_to_agree() -> None:
    known = Known(
        taken={"ch_1": Taken(UUID(int=1), 500, None, False)},
        given={"re_1": Given(200, True, False)},
        sent={"po_1": Sent(9_000, False, 9_000, True), "po_2": Sent(100, False, 90, True)},
    )
    booked = [
        line("payout", "po_1", -9_000),
        line("charge", "ch_1", 501, 8),
        line("refund", "re_1", -201),
        line("refund_failure", "re_1", 201),
        line("stripe_fee", "", -300),
        line("payout_failure", "po_1", 9_000),
        line("payout", "po_3", -1),
    ]
    found, fees = compare(booked, known, until=20)
    assert found == [
        Difference(Kind.AMOUNT, "payment", "ch_1", 501, 500),
        Difference(Kind.AMOUNT, "refund", "re_1", -201, -200),
        Difference(Kind.AMOUNT, "refund", "re_1", 201, 200),
        Difference(Kind.OTHER, "stripe_fee", "txn_", -300, None),
        Difference(Kind.ONLY_THERE, "payout_failure", "po_1", 9_000, None),
        Difference(Kind.ONLY_THERE, "payout", "po_3", -1, None),
        Difference(Kind.AMOUNT, "payout", "po_2", -100, -90),
    ]
    assert fees == [(UUID(int=1), 8)]
