"""The database itself says that a space takes what it is made of."""

from uuid import UUID

import asyncpg
import pytest

from incubator.db.engine import Database, transaction
from tests.cast import Cast, joined


async def resources(db: Database, space_id: UUID) -> set[int]:
    async with transaction(db) as tx:
        rows = await tx.fetch("SELECT resource_id FROM space_resource WHERE space_id = $1", space_id)
    return {row["resource_id"] for row in rows}


async def test_a_part_without_its_resource_is_refused_at_commit(db: Database, cast: Cast) -> None:
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        async with transaction(db) as tx:
            await tx.execute("INSERT INTO space_part (space_id, part_id) VALUES ($1, $2)", cast.room_la, cast.room_s)
    assert refused.value.constraint_name == "space_takes_its_parts"


async def test_a_resource_without_its_part_is_refused_at_commit(db: Database, cast: Cast) -> None:
    with pytest.raises(asyncpg.CheckViolationError):
        async with transaction(db) as tx:
            await tx.execute("DELETE FROM space_resource WHERE space_id = $1", cast.room_l)


async def test_parts_of_another_incubator_are_refused(db: Database, cast: Cast) -> None:
    with pytest.raises(asyncpg.CheckViolationError):
        async with transaction(db) as tx:
            await joined(tx, cast.las, slug="x", parts=(cast.room_l, cast.other_room), capacity=9)


async def test_a_joined_room_cannot_be_a_part(db: Database, cast: Cast) -> None:
    with pytest.raises((asyncpg.CheckViolationError, asyncpg.NotNullViolationError)):
        async with transaction(db) as tx:
            await joined(tx, cast.las, slug="x", parts=(cast.room_la, cast.room_s), capacity=9)


async def test_a_room_joined_of_one_is_refused(db: Database, cast: Cast) -> None:
    with pytest.raises(asyncpg.CheckViolationError):
        async with transaction(db) as tx:
            await joined(tx, cast.las, slug="x", parts=(cast.room_l,), capacity=9)


async def test_step_by_step_within_a_transaction_is_fine(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await joined(tx, cast.las, slug="x", parts=(cast.room_l, cast.room_a, cast.room_s), capacity=99)
    assert len(await resources(db, cast.room_la)) == 2
