"""Rows that a verb is about to change: locked until the end of its transaction, and within reach of
who asks, or refused. A programme is locked before its edition."""

from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.people.actor import Actor
from incubator.programmes.queries import EditionView, edition_to_run, must_run
from incubator.web.etags import must_be_current

PROGRAMME = "SELECT * FROM programme WHERE id = $1 FOR NO KEY UPDATE"
PROGRAMME_OF = "SELECT programme_id FROM edition WHERE id = $1"


class NoSuchProgramme(NotFound):
    """No programme with this address, or it is still a draft and the asker does not run it."""

    code = "no_such_programme"
    sentence = N_("There is no such programme.")


async def bundle_to_change(tx: Tx, *, actor: Actor, seen: int | None = None) -> asyncpg.Record:
    """The one bundle, which the office describes. Raises NotYours, ChangedMeanwhile."""
    must_run(actor, None)
    row = await tx.fetchrow("SELECT * FROM bundle ORDER BY id LIMIT 1 FOR NO KEY UPDATE")
    assert row is not None  # the migration puts it there
    must_be_current(row["version"], seen)
    return row


async def programme_to_change(tx: Tx, *, actor: Actor, programme_id: UUID, seen: int | None = None) -> asyncpg.Record:
    """Raises NoSuchProgramme, NotYours, ChangedMeanwhile."""
    row = await tx.fetchrow(PROGRAMME, programme_id)
    if row is None:
        raise NoSuchProgramme()
    must_run(actor, row["gmina_id"])
    must_be_current(row["version"], seen)
    return row


async def edition_to_change(tx: Tx, *, actor: Actor, edition_id: UUID, seen: int | None = None) -> EditionView:
    """Raises NoSuchEdition, NotYours, ChangedMeanwhile."""
    edition = await edition_to_run(tx, actor=actor, edition_id=edition_id, lock=True)
    must_be_current(edition.version, seen)
    return edition


async def programme_key(tx: Tx, slug: str) -> UUID:
    """Raises NoSuchProgramme."""
    key: UUID | None = await tx.fetchval("SELECT id FROM programme WHERE slug = $1", slug)
    if key is None:
        raise NoSuchProgramme()
    return key


async def count_on(tx: Tx, table: str, key: UUID) -> None:
    """One version further, for what else belongs to a thing than the columns of its row."""
    await tx.execute(f"UPDATE {table} SET version = version + 1 WHERE id = $1", key)
