"""A counter for whatever others keep a copy of: it moves, in the same transaction, when the thing
does. A feed's validator is one indexed read of it.

Keys are the identifiers of spaces, incubators, accounts and organisations, and PLACES. A counter, not `max(id)` of a log:
numbers are handed out before commit, so a reader could see 11, miss 10, and never learn of it.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from incubator.db.columns import moment
from incubator.db.engine import Tx

PLACES = UUID(int=1)
"""Moves when the name or address of any place does: a personal calendar names places of anywhere."""
NAMES = UUID(int=2)
"""Moves when a person, a mentor or an organisation is called otherwise, or a mentor is met by another link: calendars say
who meets whom and who booked."""
METROPOLIS = UUID(int=3)
"""Moves with every session that everybody may know of."""


class Version(SQLModel, table=True):
    """How often the thing `key` has changed, and when it last did (by the database's clock)."""

    __tablename__ = "version"

    key: UUID = Field(primary_key=True)
    version: int = Field(default=1, sa_type=BigInteger)
    changed_at: datetime = moment(now=True)


# Sorted, so that two verbs that touch the same things take the row locks in one order.
BUMP = """
INSERT INTO version (key, version) SELECT key, 1 FROM unnest($1::uuid[]) AS key ORDER BY key
ON CONFLICT (key) DO UPDATE SET version = version.version + 1, changed_at = now()
"""


async def bump(tx: Tx, keys: Iterable[UUID | None]) -> None:
    """Say that these have changed."""
    await tx.execute(BUMP, sorted({key for key in keys if key is not None}))


async def version_of(tx: Tx, keys: Iterable[UUID]) -> int:
    """The sum of the counters: it grows whenever one of them does."""
    found = await tx.fetchval(
        "SELECT coalesce(sum(version), 0)::bigint FROM version WHERE key = ANY($1::uuid[])", list(keys)
    )
    return int(found)
