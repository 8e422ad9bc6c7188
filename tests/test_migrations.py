"""A database that has lived goes down step by step and up again: what a step does not speak of stays as it is, and
in the end the schema is that of a new one."""

import asyncio
from dataclasses import dataclass

import asyncpg
import pytest
from alembic.script import ScriptDirectory

from incubator.db.engine import Database
from incubator.db.migrate import config, demigrate, migrate
from incubator.demo.load import load
from tests.moments import NOW

FLOOR = "0011"
"""Below it, steps are tried with rows of their own (tests/test_contracts.py)."""
WITHOUT_ROWS = frozenset(
    {
        "directory_logo",
        "directory_objection",
        "newsletter_trial",
        "newsletter_pace",
        "invoice_unit",
        "stripe_event",
        "stripe_refund",
        "notice_choice",
        "reminded",
        "reply",
        "reply_box",
    }
)
"""Of the tables that these steps make, those that the demonstration has nothing for; it has no line to Stripe and no mailbox."""

Spot = tuple[str, str]
IN_OLDER_WORDS: dict[str, set[Spot]] = {"down to 0027": {("entry", "kind"), ("posting", "account")}}
"""What a step says otherwise, and by design: the books knew no disputes before, and a row of them is never dropped."""

COLUMNS = """
SELECT class.relname::text AS "table", array_agg(attname::text ORDER BY attname) AS columns, coalesce((
    SELECT array_agg(attname::text ORDER BY attnum) FROM pg_index JOIN pg_attribute AS part ON part.attrelid = indrelid
    WHERE indrelid = class.oid AND indisprimary AND part.attnum = ANY(indkey)
), '{}') AS own
FROM pg_class AS class JOIN pg_attribute ON attrelid = class.oid
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped
    AND relname <> 'alembic_version'
GROUP BY class.oid, class.relname
"""
SCHEMA = """
SELECT concat_ws(' ', 'column', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull, attgenerated,
    attidentity, attcollation::regcollation, pg_get_expr(adbin, adrelid)) AS told
FROM pg_attribute JOIN pg_class AS class ON class.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped
UNION ALL SELECT concat_ws(' ', 'table', relname, reloptions) FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
UNION ALL SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'
UNION ALL SELECT concat_ws(' ', 'enum', enumtypid::regtype, enumsortorder, enumlabel) FROM pg_enum
UNION ALL SELECT concat_ws(' ', 'sequence', sequencename, data_type) FROM pg_sequences WHERE schemaname = 'public'
"""


@dataclass(frozen=True, slots=True)
class Content:
    """How many rows a table has, and for each of its columns a figure that changes with what stands in any row."""

    rows: dict[str, int]
    figures: dict[Spot, object]


@pytest.mark.slow
async def test_a_database_that_has_lived_goes_down_step_by_step_and_comes_up_again(
    db: Database, database_url: str
) -> None:
    new, steps = await schema(database_url), ScriptDirectory.from_config(config(database_url))
    await load(db, now=NOW)
    downwards = [one.revision for one in steps.iterate_revisions("head", FLOOR)] + [FLOOR]
    at_head = seen = await content(database_url)
    for revision in downwards[1:]:
        await asyncio.to_thread(demigrate, database_url, to=revision)
        seen = await nothing_lost(database_url, seen, f"down to {revision}")
    at_floor = seen
    empty = {table for table, rows in at_head.rows.items() if not rows and table not in at_floor.rows}
    assert sorted(empty ^ WITHOUT_ROWS) == []
    for revision in reversed(downwards[:-1]):
        await asyncio.to_thread(migrate, database_url, to=revision)
        seen = await nothing_lost(database_url, seen, f"up to {revision}")
    assert await schema(database_url) == new
    assert {spot: seen.figures[spot] for spot in at_floor.figures} == at_floor.figures


async def nothing_lost(url: str, before: Content, step: str) -> Content:
    """What stands there after the step; what stood there before too has to be the same."""
    after = await content(url)
    assert {table: rows for table, rows in before.rows.items() if after.rows.get(table, rows) != rows} == {}, step
    kept = before.figures.keys() & after.figures.keys()
    changed = {spot for spot in kept if before.figures[spot] != after.figures[spot]}
    assert changed - IN_OLDER_WORDS.get(step, set()) == set(), step
    return after


async def content(url: str) -> Content:
    found = Content({}, {})
    connection = await asyncpg.connect(url)
    try:
        for row in await connection.fetch(COLUMNS):
            table, columns = row["table"], row["columns"]
            own = " || '|' || ".join(f"{name}::text" for name in row["own"]) or "''"
            sums = ", ".join(
                f"""sum(hashtextextended(concat({own}, '=', "{name}"::text), 0)::numeric)""" for name in columns
            )
            # A time that an outside calendar blocks goes with the calendar.
            kept = "(SELECT * FROM occupancy WHERE purpose <> 'outside')" if table == "occupancy" else f'"{table}"'
            told = await connection.fetchrow(f"SELECT count(*), {sums} FROM {kept} AS kept")
            assert told is not None
            found.rows[table] = told[0]
            found.figures.update({(table, name): told[at + 1] for at, name in enumerate(columns)})
    finally:
        await connection.close()
    return found


async def schema(url: str) -> set[str]:
    connection = await asyncpg.connect(url)
    try:
        return {row["told"] for row in await connection.fetch(SCHEMA)}
    finally:
        await connection.close()
