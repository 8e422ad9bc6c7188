"""A database for each test that is as good as new.

To copy one costs 80 ms of a quiet machine and much more where two do it at once, and each connection
to it has to learn the schema anew; to put one back in order costs 2 ms. Commits and races are as real
as in a database just made.

What is put back is every row and every counter that is not as it was. Where a test changed the schema
(a migration, a constraint dropped by way of sabotage), its database is thrown away and the next is
copied anew.

What a test wrote is read from the rows, and nothing notes it that could forget it: each row has the
number of the transaction that wrote it (xmin), and all rows of a table were put there by one. What was
added or changed has another number, and where something was taken away there are fewer.
"""

import secrets
from collections import defaultdict
from collections.abc import Iterable
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
COUNTERS = "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace"
TRANSACTION = "SELECT pg_current_xact_id()::text"

# What is made or altered leaves a row that is newer than the copy, what is dropped a row fewer.
CATALOGUES = [
    "pg_class",
    "pg_attribute",
    "pg_attrdef",
    "pg_constraint",
    "pg_index",
    "pg_inherits",
    "pg_trigger",
    "pg_event_trigger",
    "pg_rewrite",
    "pg_policy",
    "pg_proc",
    "pg_type",
    "pg_enum",
    "pg_range",
    "pg_sequence",
    "pg_namespace",
    "pg_extension",
    "pg_statistic_ext",
    "pg_publication",
]
CATALOGUE = "(SELECT concat(count(*), ' ', count(*) FILTER (WHERE age(xmin) < age('{since}'::xid))) FROM {name})"
OF_THE_SERVER = "(SELECT string_agg(s::text, ' ' ORDER BY s::text) FROM pg_db_role_setting AS s)"

EMPTY = "(SELECT 'something' FROM {name} LIMIT 1)"
FILLED = "(SELECT concat(count(*), ' ', min(xmin::text::int8), ' ', max(xmin::text::int8)) FROM {name})"
COUNTER = "(SELECT concat(last_value, ' ', is_called) FROM {name})"

# A connection that was closed a moment ago may still be ending its transaction.
ALONE = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND state <> 'idle'
"""


@dataclass(slots=True, kw_only=True)
class Part:
    """A table or a counter: how to see that it was touched, what is seen when it was not, and what
    makes it so again."""

    look: str
    seen: str | None
    restoration: str
    rows: int = 0


@dataclass(slots=True, kw_only=True)
class Copy:
    """A database like its pattern, and how to make it so again."""

    name: str
    pattern: str
    connection: "asyncpg.Connection[asyncpg.Record]"
    parts: list[Part]
    look: str
    schema: list[str | None] = field(default_factory=list)
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
        try:
            schema, *seen = await copy.connection.fetchrow(copy.look)
        except asyncpg.UndefinedTableError:
            return False
        if schema != copy.schema:
            return False
        await _restore(copy.connection, [part for part, now in zip(copy.parts, seen, strict=True) if now != part.seen])
        return True

    async def _copy(self, pattern: str) -> Copy:
        name = f"test_{secrets.token_hex(6)}"
        # Copying files, where nothing is synced, takes a third of the time that writing them to the log does.
        await execute(self.server, f"CREATE DATABASE {name} TEMPLATE {pattern} STRATEGY file_copy")
        connection = await asyncpg.connect(at(self.server, name))
        parts = [await _table(connection, table) for (table,) in await connection.fetch(TABLES)]
        parts += [await _counter(connection, counter) for (counter,) in await connection.fetch(COUNTERS)]
        await _restore(connection, parts)
        look = await _look(connection, parts)
        schema, *_ = await connection.fetchrow(look)
        return Copy(name=name, pattern=pattern, connection=connection, parts=parts, look=look, schema=schema)

    async def _drop(self, copy: Copy) -> None:
        await copy.connection.close()
        await execute(self.server, f"DROP DATABASE IF EXISTS {copy.name} WITH (FORCE)")


async def _table(connection: "asyncpg.Connection[asyncpg.Record]", name: str) -> Part:
    statement = f"DELETE FROM {name}"
    count, rows = await connection.fetchrow(f"SELECT count(*), json_agg(t)::text FROM {name} AS t")
    if not count:
        return Part(look=EMPTY.format(name=name), seen=None, restoration=statement)
    columns = await connection.fetchval(COLUMNS, name)
    given = await connection.fetchval("SELECT quote_literal($1::text)", rows)
    statement += (
        f"; INSERT INTO {name} ({columns}) OVERRIDING SYSTEM VALUE"
        f" SELECT {columns} FROM json_populate_recordset(NULL::{name}, {given}::json)"
    )
    return Part(look=FILLED.format(name=name), seen="", restoration=statement, rows=count)


async def _counter(connection: "asyncpg.Connection[asyncpg.Record]", name: str) -> Part:
    look = COUNTER.format(name=name)
    value, used = await connection.fetchrow(f"SELECT last_value, is_called FROM {name}")
    restoration = f"SELECT setval('{name}', {value}, {used})"
    return Part(look=look, seen=await connection.fetchval(f"SELECT {look}"), restoration=restoration)


async def _look(connection: "asyncpg.Connection[asyncpg.Record]", parts: Iterable[Part]) -> str:
    """The statement that sees the schema and then each part."""
    since = await connection.fetchval(TRANSACTION)
    schema = [CATALOGUE.format(name=name, since=since) for name in CATALOGUES]
    return f"SELECT ARRAY[{', '.join([*schema, OF_THE_SERVER])}], {', '.join(part.look for part in parts)}"


async def _restore(connection: "asyncpg.Connection[asyncpg.Record]", parts: list[Part]) -> None:
    """In one transaction, so that its number is that of all rows. No trigger and no foreign key looks on."""
    if not parts:
        return
    await connection.execute(
        ";\n".join(["BEGIN", "SET LOCAL session_replication_role = replica", *(part.restoration for part in parts)])
    )
    number = await connection.fetchval(TRANSACTION)
    await connection.execute("COMMIT")
    for part in parts:
        if part.rows:
            part.seen = f"{part.rows} {number} {number}"


def at(server: str, name: str) -> str:
    """The address of one database of the server."""
    return urlsplit(server)._replace(path=f"/{name}").geturl()


async def execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(statement)
    await connection.close()
