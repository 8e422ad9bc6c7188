"""The account that a gmina is paid on, and what its bank says came in."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment


class BankAccount(SQLModel, table=True):
    """Where transfers go from a day on, until a later row counts. Kept as it was."""

    __tablename__ = "bank_account"
    __table_args__ = (
        CheckConstraint("iban ~ '^PL[0-9]{26}$'", name="bank_account_iban"),
        CheckConstraint("nip ~ '^([0-9]{10})?$'", name="bank_account_nip"),
        CheckConstraint("holder <> ''", name="bank_account_holder"),
        UniqueConstraint("gmina_id", "valid_from", name="bank_account_from"),
    )

    id: UUID = key()
    gmina_id: UUID = Field(foreign_key="gmina.id")
    iban: str = Field(sa_type=Text)
    holder: str = Field(sa_type=Text)
    nip: str = Field(default="", sa_type=Text)
    valid_from: date
    by_id: UUID = Field(foreign_key="account.id")
    created_at: datetime = moment(now=True)


class BankImport(SQLModel, table=True):
    """A bank's file that a coordinator looked at before it counts; it is taken over as it was seen, or not."""

    __tablename__ = "bank_import"
    __table_args__ = (
        CheckConstraint("applied_at IS NULL OR problems = '[]'::jsonb", name="bank_import_whole"),
        Index("bank_import_made", "made_at"),
    )

    id: UUID = key()
    gmina_id: UUID = Field(foreign_key="gmina.id")
    by_id: UUID = Field(foreign_key="account.id")
    form: str = Field(sa_type=Text)
    rows: list[dict[str, Any]] = Field(sa_type=JSONB)
    problems: list[dict[str, Any]] = Field(sa_type=JSONB)
    skipped: int = Field(default=0)
    made_at: datetime = moment(now=True)
    applied_at: datetime | None = moment(nullable=True)


class BankLine(SQLModel, table=True):
    """A transfer that came in. `hash` is made of all that the bank says of it and of its turn among those that
    are alike, so that the same file twice changes nothing. `used` is the sum of its payments, kept by their
    trigger. Who paid and what they wrote is emptied once the law no longer asks for it."""

    __tablename__ = "bank_line"
    __table_args__ = (
        CheckConstraint("amount > 0", name="bank_line_amount"),
        CheckConstraint("used BETWEEN 0 AND amount", name="bank_line_used"),
        CheckConstraint("state IN ('waiting', 'matched', 'ignored')", name="bank_line_state"),
        CheckConstraint("(state = 'matched') = (used > 0)", name="bank_line_matched"),
        UniqueConstraint("gmina_id", "hash", name="bank_line_once"),
        UniqueConstraint("gmina_id", "id", name="bank_line_of_gmina"),
        Index("bank_line_waiting", "gmina_id", "booked_on", "id", postgresql_where=text("state = 'waiting'")),
        Index("bank_line_by_day", "gmina_id", "booked_on", "id"),
    )

    id: UUID = key()
    gmina_id: UUID = Field(foreign_key="gmina.id")
    import_id: UUID = Field(foreign_key="bank_import.id")
    hash: bytes = Field(sa_type=LargeBinary)
    booked_on: date
    amount: int = Field(sa_type=BigInteger)
    used: int = Field(default=0, sa_type=BigInteger)
    payer: str = Field(default="", sa_type=Text)
    iban: str = Field(default="", sa_type=Text)
    title: str = Field(default="", sa_type=Text)
    state: str = Field(default="waiting", sa_type=Text)
    forgotten_at: datetime | None = moment(nullable=True)
