"""The tables of Stripe go away with their rows, and come back empty; what was there before stays."""

import asyncio

from incubator.db.engine import Database, statement
from incubator.db.migrate import demigrate, migrate
from tests.payments.stripe.shop import Shop

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
