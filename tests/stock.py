"""A database for each test that is as good as new.

To copy one costs 80 ms of a quiet machine and much more where two do it at once, and each connection
to it has to learn the schema anew; to put one back in order costs 3 ms. Commits and races are as real
as in a database just made.

What is put back is every row and every counter. Where a test changed the schema (a migration, a
constraint dropped by way of sabotage), its database is thrown away and the next is copied anew.
"""

import secrets
from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import asyncpg

USES = 300
"""After so many tests a copy is thrown away, as each leaves dead rows behind."""

TABLES = "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
COLUMNS = """
SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""
COUNTERS = (
    "SELECT quote_ident(sequencename) AS name, start_value, last_value FROM pg_sequences WHERE schemaname = 'public'"
)

# Whatever is made, altered or dropped leaves a row with another identifier or another xmin.
SCHEMA = """
SELECT md5(string_agg(told, ' ' ORDER BY told)) FROM (
    SELECT concat(oid, ':', xmin, relfilenode) AS told FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat(attrelid, '.', attnum, ':', pg_attribute.xmin)
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat(oid, ':', xmin) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT concat(oid, ':', xmin) FROM pg_trigger
    UNION ALL SELECT concat(oid, ':', xmin) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT concat(oid, ':', xmin) FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%'
    UNION ALL SELECT concat(setdatabase, setconfig) FROM pg_db_role_setting
) AS all_of_it
"""
# A connection that was closed a moment ago may still be ending its transaction.
ALONE = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND state <> 'idle'
"""


@dataclass(slots=True, kw_only=True)
class Copy:
    """A database like its pattern, and how to make it so again."""

    name: str
    pattern: str
    connection: "asyncpg.Connection[asyncpg.Record]"
    schema: str
    restoration: str
    uses: int = 0


@dataclass(slots=True)
class Stock:
    """The copies of each pattern that nobody has at the moment: one, as tests come one after another."""

    server: str
    free: "defaultdict[str, list[Copy]]" = field(default_factory=lambda: defaultdict(list))
    lent: dict[str, Copy] = field(default_factory=dict)

    async def take(self, pattern: str) -> str:
        """The name of a database that is like `pattern`."""
        copy = self.free[pattern].pop() if self.free[pattern] else await self._copy(pattern)
        self.lent[copy.name] = copy
        return copy.name

    async def put_back(self, name: str) -> None:
        """Put it in order for another test, or throw it away."""
        copy = self.lent.pop(name)
        copy.uses += 1
        if copy.uses < USES and await self._restored(copy):
            self.free[copy.pattern].append(copy)
        else:
            await self._drop(copy)

    async def close(self) -> None:
        for copy in [copy for copies in self.free.values() for copy in copies]:
            await self._drop(copy)

    async def _restored(self, copy: Copy) -> bool:
        """False when it cannot be made as it was."""
        if copy.connection.is_closed():
            return False
        await copy.connection.execute(ALONE)
        if await copy.connection.fetchval(SCHEMA) != copy.schema:
            return False
        await copy.connection.execute(copy.restoration)
        return True

    async def _copy(self, pattern: str) -> Copy:
        name = f"test_{secrets.token_hex(6)}"
        # Copying files, where nothing is synced, takes a third of the time that writing them to the log does.
        await execute(self.server, f"CREATE DATABASE {name} TEMPLATE {pattern} STRATEGY file_copy")
        connection = await asyncpg.connect(at(self.server, name))
        schema = await connection.fetchval(SCHEMA)
        restoration = await _restoration(connection)
        return Copy(name=name, pattern=pattern, connection=connection, schema=schema, restoration=restoration)

    async def _drop(self, copy: Copy) -> None:
        await copy.connection.close()
        await execute(self.server, f"DROP DATABASE IF EXISTS {copy.name} WITH (FORCE)")


async def _restoration(connection: "asyncpg.Connection[asyncpg.Record]") -> str:
    """The statements that bring back each row and each counter as they are now. No trigger and no
    foreign key looks on."""
    statements = ["SET LOCAL session_replication_role = replica"]
    for (table,) in await connection.fetch(TABLES):
        statements.append(f"DELETE FROM {table}")
        rows = await connection.fetchval(f"SELECT json_agg(t)::text FROM {table} AS t")
        if rows:
            columns = await connection.fetchval(COLUMNS, table)
            given = await connection.fetchval("SELECT quote_literal($1::text)", rows)
            statements.append(
                f"INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE"
                f" SELECT {columns} FROM json_populate_recordset(NULL::{table}, {given}::json)"
            )
    for counter in await connection.fetch(COUNTERS):
        value, used = counter["last_value"] or counter["start_value"], counter["last_value"] is not None
        statements.append(f"SELECT setval('{counter['name']}', {value}, {used})")
    # In one message, and so in one transaction.
    return ";\n".join(statements)


def at(server: str, name: str) -> str:
    """The address of one database of the server."""
    return urlsplit(server)._replace(path=f"/{name}").geturl()


async def execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(statement)
    await connection.close()
