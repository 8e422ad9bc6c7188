"""What others build on: the published contract, the tables, the constraints."""

import asyncio
from pathlib import Path

import asyncpg
import pytest

from alembic import command
from incubator.commands.schema import FOLDER, contracts
from incubator.db.engine import Database, statement
from incubator.db.migrate import config, demigrate, migrate
from incubator.tables import metadata
from tests.cast import hire
from tests.conftest import at

CONSTRAINTS = "SELECT conname, conrelid::regclass::text AS on, contype::text AS type FROM pg_constraint"


@pytest.mark.parametrize("name", ["openapi.json", "problem.json"])
def test_the_published_contract_is_what_the_code_does(name: str) -> None:
    assert (FOLDER / name).read_text() == contracts()[name], "run `make schema` and look at what changes"


def test_nothing_is_published_that_is_not_made() -> None:
    assert {path.name for path in Path(FOLDER).iterdir()} == set(contracts())


async def test_nothing_can_be_in_two_places_at_once(db: Database) -> None:
    """`alembic check` would not notice a dropped exclusion constraint."""
    async with statement(db) as tx:
        how = await tx.fetchval("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'nothing_twice'")
    assert how == "EXCLUDE USING gist (slot WITH &&)"


async def test_every_constraint_that_the_tables_declare_is_in_the_database(db: Database) -> None:
    declared = {
        (str(constraint.name), table.name)
        for table in metadata.tables.values()
        for constraint in table.constraints
        if constraint.name is not None
    }
    async with statement(db) as tx:
        there = {(row["conname"], row["on"].strip('"')) for row in await tx.fetch(CONSTRAINTS)}
    assert declared - there == set()
    assert len(declared) > 40


async def test_history_cannot_be_changed(db: Database) -> None:
    async with statement(db) as tx:
        for deed in ("UPDATE history SET verb = 'x'", "DELETE FROM history", "TRUNCATE history"):
            with pytest.raises(asyncpg.RestrictViolationError):
                await tx.execute(deed)


def test_tables_and_migrations_say_the_same(database_url_of_a_fresh_one: str) -> None:
    command.check(config(database_url_of_a_fresh_one))


async def test_a_migrated_house_with_people_in_it_goes_down_and_up_again(db: Database, database_url: str) -> None:
    await hire(db)
    await asyncio.to_thread(demigrate, database_url)
    async with statement(db) as tx:
        left = await tx.fetch(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        )
        assert [row["relname"] for row in left] == ["alembic_version"]
        types = await tx.fetchval(
            "SELECT count(*) FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype = 'e'"
        )
        assert types == 0
    await asyncio.to_thread(migrate, database_url)
    await db.pool.expire_connections()
    await hire(db)


@pytest.fixture
def database_url_of_a_fresh_one(server: str, pattern: str) -> str:
    """The pattern itself: nothing is written by looking."""
    return at(server, pattern)
