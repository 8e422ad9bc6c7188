"""Who did what when, with what before and after: one append-only table, written in the same
transaction as the deed. The database refuses to change or delete a row of it (trigger
`history_is_append_only`)."""

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import msgspec
from sqlalchemy import BigInteger, Column, Identity, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from incubator.db.columns import moment
from incubator.db.engine import Tx


class History(SQLModel, table=True):
    """One deed. `actor_id` is empty when the house itself acted (a job)."""

    __tablename__ = "history"
    __table_args__ = (Index("history_of_subject", "subject_id", "id"),)

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
    at: datetime = moment(now=True)
    actor_id: UUID | None = Field(default=None)
    verb: str = Field(sa_type=Text)
    subject_kind: str = Field(sa_type=Text)
    subject_id: UUID
    gmina_id: UUID | None = Field(default=None)
    before: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    after: dict[str, Any] | None = Field(default=None, sa_type=JSONB)


RECORD = """
INSERT INTO history (at, actor_id, verb, subject_kind, subject_id, gmina_id, before, after)
VALUES ($1, $2, $3, $4, $5, $6, $7::text::jsonb, $8::text::jsonb)
"""


async def record(
    tx: Tx,
    *,
    now: datetime,
    actor_id: UUID | None,
    verb: str,
    subject_kind: str,
    subject_id: UUID,
    gmina_id: UUID | None = None,
    before: object = None,
    after: object = None,
) -> None:
    """Write one deed. `before` and `after` are anything JSON can hold; no personal text in them, for
    history outlives an erasure."""
    await tx.execute(RECORD, now, actor_id, verb, subject_kind, subject_id, gmina_id, _json(before), _json(after))


class Subject(Protocol):
    """A thing of a gmina, as views have it."""

    @property
    def id(self) -> UUID: ...

    @property
    def gmina_id(self) -> UUID | None: ...


async def record_of(
    tx: Tx,
    kind: str,
    subject: Subject,
    *,
    verb: str,
    actor_id: UUID | None,
    now: datetime,
    before: object = None,
    after: object = None,
) -> None:
    """`record`, for a deed on a thing that is read already."""
    key, gmina_id = subject.id, subject.gmina_id
    await tx.execute(RECORD, now, actor_id, verb, kind, key, gmina_id, _json(before), _json(after))


async def history_of(tx: Tx, *, subject_id: UUID) -> list[dict[str, Any]]:
    """The deeds on one subject, oldest first, with before and after decoded."""
    rows = await tx.fetch(
        "SELECT at, actor_id, verb, before::text AS before, after::text AS after"
        " FROM history WHERE subject_id = $1 ORDER BY id",
        subject_id,
    )
    return [{**row, "before": _plain(row["before"]), "after": _plain(row["after"])} for row in map(dict, rows)]


def _json(value: object) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def _plain(text: str | None) -> Any:
    return None if text is None else msgspec.json.decode(text)
