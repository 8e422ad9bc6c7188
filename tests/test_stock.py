"""A database that comes back is as good as new, whatever a test did to it."""

import asyncpg
import pytest

from incubator.db.engine import open_database, transaction
from tests.cast import Cast
from tests.stock import TABLES, Stock, at

pytestmark = pytest.mark.thorough

ROWS = "SELECT json_agg(told ORDER BY told::text)::text FROM {} AS told"


async def contents(url: str) -> dict[str, str]:
    async with open_database(url, pool_size=2) as db, transaction(db) as tx:
        found = {table: await tx.fetchval(ROWS.format(table)) for (table,) in await tx.fetch(TABLES)}
        counters = "(SELECT sequencename, last_value FROM pg_sequences)"
        return found | {"counters": await tx.fetchval(ROWS.format(counters))}


async def used(server: str, stock: Stock, pattern: str, statement: str) -> str:
    """Do this to a copy and give it back; its name."""
    name = await stock.take(pattern)
    async with open_database(at(server, name), pool_size=2) as db, transaction(db) as tx:
        await tx.execute(statement)
    await stock.put_back(name)
    return name


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM web_session",
        "UPDATE account SET name = 'X', email = email || '.pl'",
        "INSERT INTO resource (kind) SELECT 'room' FROM generate_series(1, 100)",
        "INSERT INTO version (key, version, changed_at) SELECT id, 1, now() FROM space",
        "UPDATE space SET grid_minutes = 60",
        "UPDATE space SET capacity = capacity",
        "DELETE FROM bundle",
        "DELETE FROM topic WHERE slug = (SELECT min(slug) FROM topic)",
        (
            "WITH gone AS (DELETE FROM membership RETURNING *) INSERT INTO role_grant (account_id, role)"
            " SELECT account_id, 'office' FROM gone"
        ),
        (
            "SET LOCAL session_replication_role = replica; WITH gone AS (DELETE FROM membership RETURNING *)"
            " INSERT INTO membership SELECT * FROM gone"
        ),
        "SELECT nextval('resource_id_seq'), nextval('resource_id_seq')",
        "SELECT setval('resource_id_seq', 1, false)",
        "SAVEPOINT one; DELETE FROM web_session; ROLLBACK TO one; INSERT INTO resource (kind) VALUES ('room')",
    ],
)
async def test_what_was_changed_is_put_back(
    server: str, stock: Stock, peopled: tuple[str, Cast], statement: str
) -> None:
    pattern = peopled[0]
    before = await contents(at(server, pattern))
    name = await used(server, stock, pattern, statement)
    assert await stock.take(pattern) == name
    assert await contents(at(server, name)) == before
    await stock.put_back(name)


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE occupancy DROP CONSTRAINT nothing_twice",
        "CREATE TABLE more ()",
        "CREATE TABLE more (); DROP TABLE more; DROP INDEX booking_of_account",
        "DROP TABLE web_session",
        "ALTER TABLE web_session RENAME TO more",
        "TRUNCATE web_session",
        "CREATE TYPE more AS ENUM ('one')",
        "CREATE VIEW more AS SELECT 1",
        "CREATE SCHEMA more",
        "CREATE SEQUENCE more",
        "ALTER SEQUENCE resource_id_seq INCREMENT BY 7",
        "ALTER TABLE account ALTER COLUMN name SET DEFAULT 'X'",
        "ALTER TABLE booking ADD CONSTRAINT more CHECK (true)",
        "ALTER TABLE account ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY more ON account",
        "CREATE RULE more AS ON DELETE TO account DO INSTEAD NOTHING",
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET timezone = ''Asia/Tokyo''', current_database()); END $$",
        "ALTER TABLE account ADD COLUMN more int",
        "ALTER TABLE account ALTER COLUMN name DROP NOT NULL",
        "DROP INDEX booking_of_account",
        "ALTER TABLE history DISABLE TRIGGER ALL",
        "CREATE OR REPLACE FUNCTION more() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    ],
)
async def test_a_changed_schema_is_thrown_away(
    server: str, stock: Stock, peopled: tuple[str, Cast], statement: str
) -> None:
    used_up = await used(server, stock, peopled[0], statement)
    name = await stock.take(peopled[0])
    assert name != used_up
    assert await contents(at(server, name)) == await contents(at(server, peopled[0]))
    await stock.put_back(name)


async def test_what_others_committed_a_moment_before_is_put_back(
    server: str, stock: Stock, peopled: tuple[str, Cast]
) -> None:
    """One after another, each in a table of its own, and the last as its connection is cut."""
    before = await contents(at(server, peopled[0]))
    name = await stock.take(peopled[0])
    for statement in ("DELETE FROM api_token", "UPDATE gmina SET version = version + 1", "DELETE FROM web_session"):
        connection = await asyncpg.connect(at(server, name))
        await connection.execute(statement)
        connection.terminate()
    await stock.put_back(name)
    assert await stock.take(peopled[0]) == name
    assert await contents(at(server, name)) == before
    await stock.put_back(name)


async def test_it_is_put_back_as_often_as_it_is_used(server: str, stock: Stock, peopled: tuple[str, Cast]) -> None:
    before = await contents(at(server, peopled[0]))
    for statement in ("DELETE FROM web_session", "DELETE FROM web_session WHERE user_agent = ''", "SELECT 1") * 2:
        name = await used(server, stock, peopled[0], statement)
        assert await contents(at(server, name)) == before


async def test_what_was_left_open_is_ended(server: str, stock: Stock, peopled: tuple[str, Cast]) -> None:
    name = await stock.take(peopled[0])
    left = await asyncpg.connect(at(server, name))
    await left.execute("BEGIN; LOCK TABLE account")
    await stock.put_back(name)
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError)):
        await left.fetch("SELECT 1")
    left.terminate()
