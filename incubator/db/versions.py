"""A counter for whatever others keep a copy of: it moves, in the same transaction, when the thing
does. A feed's validator is one indexed read of it. Beside it a log says what became different with
each move, so that who keeps a copy looks that up alone (docs/decisions/0022).

Keys are the identifiers of spaces, incubators, mentors, accounts and organisations, and PLACES. A counter, not `max(id)` of a
log: numbers are handed out before commit, so a reader could see 11, miss 10, and never learn of it. The
row of the counter is locked until the move is committed, so `(key, version)` of the log has no gaps and is in the
order of the commits.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import BigInteger, Index
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

EVERYTHING = UUID(int=0)
"""The subject of a move that named none."""

KEPT = timedelta(days=30)
"""How long the log says what became different. Who comes later reads everything anew."""


class Version(SQLModel, table=True):
    """How often the thing `key` has changed, and when it last did (by the database's clock)."""

    __tablename__ = "version"

    key: UUID = Field(primary_key=True)
    version: int = Field(default=1, sa_type=BigInteger)
    changed_at: datetime = moment(now=True)


class Change(SQLModel, table=True):
    """What became different when `key` moved to `version`: a row for each subject, or one for EVERYTHING."""

    __tablename__ = "change"
    __table_args__ = (Index("change_by_time", "at", postgresql_using="brin"),)

    key: UUID = Field(primary_key=True)
    version: int = Field(primary_key=True, sa_type=BigInteger)
    subject_id: UUID = Field(primary_key=True)
    at: datetime = moment(now=True)


# Sorted, so that two verbs that touch the same things take the row locks in one order.
BUMP = """
WITH moved AS (
    INSERT INTO version (key, version) SELECT key, 1 FROM unnest($1::uuid[]) AS key ORDER BY key
    ON CONFLICT (key) DO UPDATE SET version = version.version + 1, changed_at = now()
    RETURNING key, version
)
INSERT INTO change (key, version, subject_id) SELECT key, version, subject_id FROM moved, unnest($2::uuid[]) AS subject_id
"""


async def bump(tx: Tx, keys: Iterable[UUID | None], subjects: Iterable[UUID | None] = ()) -> None:
    """Say that these have changed, and of them no more than `subjects`, where those are named. A subject is what one
    entry of a calendar is about: a booking or its series, a meeting, a session, a block."""
    named = sorted({subject for subject in subjects if subject is not None})
    await tx.execute(BUMP, sorted({key for key in keys if key is not None}), named or [EVERYTHING])


def moving(touched: str, *, after: str) -> str:
    """The same as parts of a longer statement: `touched` reads `(key, turn, subject_id)`, a row for each subject of a
    turn under a key; the parts wait for the part `after`. A version counts every turn."""
    return f"""
touched AS MATERIALIZED (
    SELECT key, subject_id, dense_rank() OVER (PARTITION BY key ORDER BY turn DESC) AS back
    FROM ({touched}) AS touched, (SELECT count(*) FROM {after}) AS before
),
moved AS (
    INSERT INTO version (key, version) SELECT key, max(back) FROM touched GROUP BY key ORDER BY key
    ON CONFLICT (key) DO UPDATE SET version = version.version + excluded.version, changed_at = now()
    RETURNING key, version
),
logged AS (
    INSERT INTO change (key, version, subject_id)
    SELECT key, moved.version - back + 1, subject_id FROM moved JOIN touched USING (key)
)"""


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed under some keys since a reader looked: what the log names; `else_too`, where it can be anything else as
    well. Not `known`, where the log no longer reaches back so far."""

    named: frozenset[UUID] = frozenset()
    else_too: bool = False
    known: bool = True

    @property
    def subjects(self) -> frozenset[UUID] | None:
        """All of them; None where it can be anything."""
        return self.named if self.known and not self.else_too else None


SINCE = """
SELECT change.key, change.version, change.subject_id
FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS seen (key, version, now)
JOIN change ON change.key = seen.key AND change.version > seen.version AND change.version <= seen.now
"""


async def changed_since(tx: Tx, *, seen: Mapping[UUID, int], now: Mapping[UUID, int]) -> Changed:
    """From the versions `seen` to those of `now`, which have the same keys and are of this snapshot."""
    moved = sorted(key for key, version in now.items() if version != seen[key])
    rows = await tx.fetch(SINCE, moved, [seen[key] for key in moved], [now[key] for key in moved])
    return changed([tuple(row) for row in rows], seen=seen, now=now)


Logged = tuple[UUID, int, UUID]
"""A key, the version that it moved to, and the subject."""


def changed(logged: Collection[Logged], *, seen: Mapping[UUID, int], now: Mapping[UUID, int]) -> Changed:
    """By what the log tells of these keys between the versions `seen` and those of `now`."""
    subjects = frozenset(subject for _, _, subject in logged)
    told = {(key, version) for key, version, _ in logged}
    return Changed(
        subjects - {EVERYTHING},
        else_too=EVERYTHING in subjects,
        # Each version is told of, unless the log was cut since.
        known=len(told) == sum(version - seen[key] for key, version in now.items()),
    )


async def forget_changes(tx: Tx, *, now: datetime) -> None:
    """What became different longer ago than KEPT."""
    await tx.execute("DELETE FROM change WHERE at < $1", now - KEPT)


async def version_of(tx: Tx, keys: Iterable[UUID]) -> int:
    """The sum of the counters: it grows whenever one of them does."""
    found = await tx.fetchval(
        "SELECT coalesce(sum(version), 0)::bigint FROM version WHERE key = ANY($1::uuid[])", list(keys)
    )
    return int(found)
