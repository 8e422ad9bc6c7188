"""The tables of Stripe go away with their rows, and come back empty; what was there before stays."""

import asyncio
from uuid import UUID

import asyncpg
import httpx
import pytest

from incubator.db.engine import Database, statement, transaction
from incubator.db.migrate import demigrate, migrate
from incubator.ledger.check_books import check_books
from tests.payments.stripe.shop import Shop
from tests.payments.stripe.sold import line, sold, till

__all__ = ["line", "till"]

TABLES = ("stripe_account", "checkout", "stripe_refund", "stripe_event", "stripe_day", "stripe_difference")
ROWS = """
WITH paid AS (
    UPDATE checkout SET state = 'paid', paid_at = now(), method = 'blik', payment_intent = 'pi', stripe_charge = 'ch'
    RETURNING id, gmina_id
), given AS (
    INSERT INTO stripe_refund (refund_id, checkout_id, amount, state, attempt, error)
    SELECT uuidv7(), id, 100, 'wanted', 1, '' FROM paid
), told AS (
    INSERT INTO stripe_event (stripe_id, account, type, created, body, error) VALUES ('evt', '', '', now(), '{}', '')
), day AS (
    INSERT INTO stripe_day (gmina_id, account, day, error) SELECT gmina_id, 'acct_1', '2026-09-06', '' FROM paid
    RETURNING id
)
INSERT INTO stripe_difference (day_id, kind, what, source) SELECT id, 'fee', '', '' FROM day
"""


async def test_stripe_goes_down_and_comes_up_again(shop: Shop, db: Database, database_url: str) -> None:
    await shop.want()
    async with statement(db) as tx:
        await tx.execute(ROWS)
        for table in TABLES:
            assert await tx.fetchval(f"SELECT count(*) FROM {table}") > 0
    await asyncio.to_thread(demigrate, database_url, to="0017")
    await db.pool.expire_connections()
    async with statement(db) as tx:
        assert [await tx.fetchval("SELECT to_regclass($1)::text", table) for table in TABLES] == [None] * 6
        assert await tx.fetchval("SELECT count(*) FROM gmina") == 2
    await asyncio.to_thread(migrate, database_url)
    await db.pool.expire_connections()
    async with statement(db) as tx:
        for table in TABLES:
            assert await tx.fetchval(f"SELECT count(*) FROM {table}") == 0


BOOKS = """
SELECT array_agg(DISTINCT kind) AS kinds, array_agg(DISTINCT account) AS accounts, sum(amount) AS total, count(*) AS size
FROM entry JOIN posting ON entry_id = entry.id
"""


async def test_what_was_disputed_and_paid_out_stays_in_the_books_in_older_words(
    till: Shop, line: httpx.AsyncClient, database_url: str
) -> None:
    """Disputes and payouts go away with their rows; their entries are there for good."""
    _, intent = await sold(till, line)
    till.fake.dispute(intent)
    till.fake.pay_out(till.account)
    await till.hear(line)
    async with statement(till.db) as tx:
        before = await tx.fetchrow(BOOKS)
        assert {"dispute", "payout"} <= set(before["kinds"]) and {"disputed", "transit"} <= set(before["accounts"])
    await asyncio.to_thread(demigrate, database_url, to="0022")
    await till.db.pool.expire_connections()
    async with statement(till.db) as tx:
        after = await tx.fetchrow(BOOKS)
        assert not {"dispute"} & set(after["kinds"]) and not {"disputed", "transit"} & set(after["accounts"])
        assert (after["total"], after["size"]) == (0, before["size"])
        with pytest.raises(asyncpg.RestrictViolationError):
            await tx.execute("DELETE FROM posting")
        assert await tx.fetchval("SELECT to_regclass('stripe_dispute')") is None
    await asyncio.to_thread(migrate, database_url)
    await till.db.pool.expire_connections()
    assert await check_books_of(till) == {}


async def check_books_of(shop: Shop) -> dict[UUID, list[str]]:
    async with transaction(shop.db) as tx:
        return await check_books(tx, now=shop.now)
