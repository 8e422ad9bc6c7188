"""The tables of invoices go and come again, with invoices in them."""

import asyncio

from incubator.db.engine import Database, statement
from incubator.db.migrate import demigrate, migrate
from tests.cast import Cast
from tests.invoices.cast import issue, open_for_invoices, sale

TRIGGERS = "SELECT tgname FROM pg_trigger WHERE tgrelid = 'invoice'::regclass AND NOT tgisinternal ORDER BY tgname"
LEFT = "SELECT count(*) FROM pg_proc WHERE proname LIKE 'invoices_%'"


async def test_invoices_go_down_and_come_up_again(db: Database, cast: Cast, database_url: str) -> None:
    await open_for_invoices(db, cast)
    await issue(db, sale(cast))
    await asyncio.to_thread(demigrate, database_url, to="0017")
    await db.pool.expire_connections()
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT to_regclass('invoice') IS NULL AND to_regclass('invoice_series') IS NULL")
        assert await tx.fetchval(LEFT) == 0
        assert await tx.fetchval("SELECT count(*) FROM organisation WHERE id = $1", cast.acme) == 1
    await asyncio.to_thread(migrate, database_url)
    await db.pool.expire_connections()
    async with statement(db) as tx:
        triggers = [row["tgname"] for row in await tx.fetch(TRIGGERS)]
    assert triggers == ["invoices_are_kept", "invoices_are_not_emptied", "invoices_follow"]
    await open_for_invoices(db, cast)
    assert (await issue(db, sale(cast))).number == "las/2026/1"
