"""Rows that a verb is about to change: locked until the end of its transaction, and within reach of
who asks, or refused.

The lock lets bookings go on (they only point at a space), and makes two coordinators queue.
"""

from collections.abc import Iterable
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.db.versions import PLACES, bump
from incubator.kernel.errors import N_, Gone
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate
from incubator.places.queries import NoSuchGmina, NoSuchIncubator, NoSuchSpace
from incubator.web.etags import must_be_current


class SpaceRetired(Gone):
    """A space that was there and was taken out for good."""

    code = "space_retired"
    sentence = N_("This space was taken out of use.")

    def __init__(self, space_id: UUID) -> None:
        super().__init__()
        self.space_id = space_id


SPACE = """
SELECT space.*, incubator.gmina_id, incubator.slug AS incubator_slug
FROM space JOIN incubator ON incubator.id = space.incubator_id
WHERE space.id = $1 FOR NO KEY UPDATE OF space
"""
# A joined room is affected by what happens to its parts, and they by what happens to it.
AFFECTED = """
SELECT DISTINCT other.space_id FROM space_resource AS own
JOIN space_resource AS other ON other.resource_id = own.resource_id WHERE own.space_id = ANY($1::uuid[])
"""


async def gmina_to_change(tx: Tx, *, actor: Actor, gmina_id: UUID, seen: int | None = None) -> asyncpg.Record:
    """Raises NoSuchGmina, NotYours, ChangedMeanwhile."""
    row = await tx.fetchrow("SELECT * FROM gmina WHERE id = $1 FOR NO KEY UPDATE", gmina_id)
    if row is None:
        raise NoSuchGmina()
    must_coordinate(actor, row["id"])
    must_be_current(row["version"], seen)
    return row


async def incubator_to_change(tx: Tx, *, actor: Actor, incubator_id: UUID, seen: int | None = None) -> asyncpg.Record:
    """Raises NoSuchIncubator, NotYours, ChangedMeanwhile."""
    row = await tx.fetchrow("SELECT * FROM incubator WHERE id = $1 FOR NO KEY UPDATE", incubator_id)
    if row is None:
        raise NoSuchIncubator()
    must_coordinate(actor, row["gmina_id"])
    must_be_current(row["version"], seen)
    return row


async def space_to_change(tx: Tx, *, actor: Actor, space_id: UUID, seen: int | None = None) -> asyncpg.Record:
    """The space's row with `gmina_id` and `incubator_slug`. Raises NoSuchSpace, NotYours,
    SpaceRetired, ChangedMeanwhile."""
    row = await tx.fetchrow(SPACE, space_id)
    if row is None:
        raise NoSuchSpace()
    must_coordinate(actor, row["gmina_id"])
    if row["retired_at"] is not None:
        raise SpaceRetired(space_id)
    must_be_current(row["version"], seen)
    return row


async def count_on(tx: Tx, table: str, key: UUID) -> None:
    """One version further, for what else belongs to a thing than the columns of its row."""
    await tx.execute(f"UPDATE {table} SET version = version + 1 WHERE id = $1", key)


async def bump_spaces(tx: Tx, space_ids: Iterable[UUID]) -> None:
    """Say to all who keep copies that these spaces, and those that share parts with them, changed."""
    given = list(space_ids)
    sharing = await tx.fetch(AFFECTED, given)
    await bump(tx, [PLACES, *given, *(row["space_id"] for row in sharing)])


async def bump_incubator(tx: Tx, incubator_id: UUID) -> None:
    """Say that an incubator and every space of it changed."""
    rows = await tx.fetch("SELECT id FROM space WHERE incubator_id = $1", incubator_id)
    await bump(tx, [PLACES, incubator_id, *(row["id"] for row in rows)])


async def bump_gmina(tx: Tx, gmina_id: UUID) -> None:
    """Say that every space of a gmina changed."""
    rows = await tx.fetch(
        "SELECT space.id FROM space JOIN incubator ON incubator.id = incubator_id WHERE gmina_id = $1", gmina_id
    )
    await bump(tx, [PLACES, *(row["id"] for row in rows)])


async def incubator_key(tx: Tx, slug: str) -> UUID:
    """Raises NoSuchIncubator."""
    key: UUID | None = await tx.fetchval("SELECT id FROM incubator WHERE slug = $1", slug)
    if key is None:
        raise NoSuchIncubator()
    return key


async def gmina_key(tx: Tx, slug: str) -> UUID:
    """Raises NoSuchGmina."""
    key: UUID | None = await tx.fetchval("SELECT id FROM gmina WHERE slug = $1", slug)
    if key is None:
        raise NoSuchGmina()
    return key
