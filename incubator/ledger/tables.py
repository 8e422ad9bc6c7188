"""Entries and their postings. Both are only ever added to (triggers `entry_is_append_only` and
`posting_is_append_only`), and an entry is whole when its transaction commits (`entry_is_whole`)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Identity,
    Index,
    Text,
    UniqueConstraint,
)
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment, texts
from incubator.ledger.states import OF_PARTIES, Account, EntryKind

PARTIES = ", ".join(f"'{account}'" for account in sorted(OF_PARTIES))


def listed(values: "type[Account] | type[EntryKind]") -> str:
    return ", ".join(f"'{value}'" for value in values)


class Entry(SQLModel, table=True):
    """Something that happened to money. `number` tells entries of one kind about one subject apart; a deed
    that is done again finds its entry there already. `size` is how many postings it has: none comes later.
    `reverses` is the entry whose postings it takes back."""

    __tablename__ = "entry"
    __table_args__ = (
        CheckConstraint(f"kind IN ({listed(EntryKind)})", name="entry_kind"),
        CheckConstraint("size >= 2", name="entry_size"),
        CheckConstraint("(kind = 'correction') = (reverses IS NOT NULL)", name="entry_reverses"),
        UniqueConstraint("subject_kind", "subject_id", "kind", "number", name="entry_once"),
        UniqueConstraint("gmina_id", "id", name="entry_of_gmina"),
        UniqueConstraint("reverses", name="entry_reversed_once"),
        ForeignKeyConstraint(["gmina_id", "reverses"], ["entry.gmina_id", "entry.id"], name="entry_reverses_own"),
        Index("entry_by_day", "gmina_id", "at", "id"),
    )

    id: UUID = key()
    gmina_id: UUID = Field(foreign_key="gmina.id")
    kind: str = Field(sa_type=Text)
    subject_kind: str = Field(sa_type=Text)
    subject_id: UUID
    number: int = Field(default=1)
    size: int
    reverses: UUID | None = Field(default=None)
    at: datetime = moment()
    by_id: UUID | None = Field(default=None, foreign_key="account.id")
    """Who did it; empty when the house itself did."""


class Posting(SQLModel, table=True):
    """Grosz on an account; debit is positive, credit negative. Where an account has parties, exactly one."""

    __tablename__ = "posting"
    __table_args__ = (
        CheckConstraint(f"account IN ({listed(Account)})", name="posting_account"),
        CheckConstraint("amount <> 0", name="posting_amount"),
        CheckConstraint(
            f"num_nonnulls(account_id, organisation_id) = (account IN ({PARTIES}))::integer", name="posting_party"
        ),
        Index("posting_of_entry", "entry_id"),
        Index("posting_of_account", "account_id", postgresql_where=text("account_id IS NOT NULL")),
        Index("posting_of_organisation", "organisation_id", postgresql_where=text("organisation_id IS NOT NULL")),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
    entry_id: UUID = Field(foreign_key="entry.id")
    account: str = Field(sa_type=Text)
    amount: int = Field(sa_type=BigInteger)
    account_id: UUID | None = Field(default=None, foreign_key="account.id")
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")


class BookCheck(SQLModel, table=True):
    """The latest look whether a part of a gmina's books is right; `faults` says in English what is not."""

    __tablename__ = "book_check"

    gmina_id: UUID = Field(foreign_key="gmina.id", primary_key=True)
    part: str = Field(sa_type=Text, primary_key=True)
    faults: list[str] = texts()
    checked_at: datetime = moment()
