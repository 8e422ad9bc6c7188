"""Accounting notes, for what the tax does not know. Money is grosz."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment


class NoteSeries(SQLModel, table=True):
    """The counter of an incubator's notes in a year, as `Series` is that of its invoices."""

    __tablename__ = "note_series"
    __table_args__ = (CheckConstraint("last > 0", name="note_series_last"),)

    gmina_id: UUID = Field(foreign_key="gmina.id", primary_key=True)
    incubator_id: UUID = Field(foreign_key="incubator.id", primary_key=True)
    year: int = Field(primary_key=True)
    prefix: str = Field(sa_type=Text)
    last: int
    last_on: date


class Note(SQLModel, table=True):
    """What was charged outside the scope of the tax, or kept of a deposit; `turn` 1 says it first, later ones by how much
    it became less, or more. Kept for ever (trigger `notes_are_kept`), without gaps (trigger `notes_follow`)."""

    __tablename__ = "accounting_note"
    __table_args__ = (
        UniqueConstraint("gmina_id", "incubator_id", "year", "n", name="note_numbered"),
        UniqueConstraint("gmina_id", "number", name="note_number"),
        UniqueConstraint("charge_id", "kind", "turn", name="note_once"),
        CheckConstraint("kind IN ('out_of_scope', 'deposit')", name="note_kind"),
        CheckConstraint("amount <> 0 AND (turn > 1 OR amount > 0) AND turn > 0", name="note_amount"),
        CheckConstraint("year = extract(year FROM issued_on) AND n > 0", name="note_year"),
        CheckConstraint("num_nonnulls(account_id, organisation_id) = 1", name="note_of_one"),
        Index("note_of_gmina", "gmina_id", "issued_on", "id"),
        Index("note_of_account", "account_id"),
        Index("note_of_organisation", "organisation_id"),
    )

    id: UUID = key()
    gmina_id: UUID = Field(foreign_key="gmina.id")
    incubator_id: UUID = Field(foreign_key="incubator.id")
    year: int
    n: int
    number: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    turn: int
    charge_id: UUID = Field(foreign_key="charge.id")
    account_id: UUID | None = Field(default=None, foreign_key="account.id")
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    issued_on: date
    amount: int = Field(sa_type=BigInteger)
    document: dict[str, Any] = Field(sa_type=JSONB)
    forgotten_at: datetime | None = moment(nullable=True)
    created_at: datetime = moment(now=True)
