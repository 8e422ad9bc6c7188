"""Profiles of companies, what is found of them, and the words that they use."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment, texts

BY_LETTER = Text(collation="C")
"""The order of kernel/alphabet.py, whatever the server's own."""


class DirectorySpecialisation(SQLModel, table=True):
    """A local specialisation by which companies are found; the metropolis office keeps the list."""

    __tablename__ = "directory_specialisation"

    id: UUID = key()
    slug: str = Field(sa_type=Text, unique=True)
    name_pl: str = Field(sa_type=Text)
    name_en: str = Field(default="", sa_type=Text)
    retired_at: datetime | None = moment(nullable=True)
    version: int = Field(default=1)


class DirectoryProfile(SQLModel, table=True):
    """A company as it shows itself (`organisation_id`), or as a public register knows it (`source`).

    `waiting`: a sole trader out of a register, shown from `publish_at` on unless they object, and not before
    they were told (`told_at`). `withheld_reason`: why the gmina's desk hid it, for the company to read.
    `confirmed_at`: when somebody last said that it is right. `still_hash`: the link that says so; `care_hash`:
    the link by which who has no account has it corrected or removed."""

    __tablename__ = "directory_profile"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'waiting', 'published', 'hidden')", name="directory_profile_state"),
        CheckConstraint("hidden_because IN ('', 'owner', 'stale', 'desk')", name="directory_profile_hidden_because"),
        CheckConstraint("(state = 'hidden') = (hidden_because <> '')", name="directory_profile_hidden"),
        CheckConstraint("hidden_because = 'desk' OR withheld_reason = ''", name="directory_profile_withheld"),
        CheckConstraint("(state = 'waiting') = (publish_at IS NOT NULL)", name="directory_profile_waiting"),
        CheckConstraint("(organisation_id IS NULL) = (source <> '')", name="directory_profile_source"),
        CheckConstraint("organisation_id IS NOT NULL OR nip IS NOT NULL", name="directory_profile_imported_has_nip"),
        CheckConstraint("nip ~ '^[0-9]{10}$'", name="directory_profile_nip_digits"),
        CheckConstraint("reminders BETWEEN 0 AND 2", name="directory_profile_reminders"),
        Index("directory_profile_nip_once", "nip", unique=True),
        Index("directory_profile_of_gmina", "gmina_id", "sort_key", "id"),
        Index("directory_profile_due", "confirmed_at", postgresql_where=text("state = 'published'")),
        Index(
            "directory_profile_untold",
            "id",
            postgresql_where=text("source <> '' AND told_at IS NULL AND email <> ''"),
        ),
        Index("directory_profile_waits", "publish_at", postgresql_where=text("state = 'waiting'")),
    )

    id: UUID = key()
    slug: str = Field(sa_type=Text, unique=True)
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id", unique=True)
    gmina_id: UUID = Field(foreign_key="gmina.id")
    name: str = Field(sa_type=Text)
    sort_key: str = Field(sa_type=BY_LETTER)
    sole_trader: bool = Field(default=False)
    nip: str | None = Field(default=None, sa_type=Text)
    regon: str | None = Field(default=None, sa_type=Text)
    krs: str | None = Field(default=None, sa_type=Text)
    pkd_2007: list[str] = texts()
    pkd_2025: list[str] = texts()
    makes_pl: str = Field(default="", sa_type=Text)
    makes_en: str = Field(default="", sa_type=Text)
    looking_for_pl: str = Field(default="", sa_type=Text)
    looking_for_en: str = Field(default="", sa_type=Text)
    offers_pl: str = Field(default="", sa_type=Text)
    offers_en: str = Field(default="", sa_type=Text)
    town: str = Field(default="", sa_type=Text)
    website: str = Field(default="", sa_type=Text)
    email: str = Field(default="", sa_type=Text)
    phone: str = Field(default="", sa_type=Text)
    state: str = Field(default="draft", sa_type=Text)
    hidden_because: str = Field(default="", sa_type=Text)
    withheld_reason: str = Field(default="", sa_type=Text, sa_column_kwargs={"server_default": text("''")})
    publish_at: datetime | None = moment(nullable=True)
    source: str = Field(default="", sa_type=Text)
    source_day: date | None = Field(default=None)
    told_at: datetime | None = moment(nullable=True)
    confirmed_at: datetime = moment(now=True)
    reminders: int = Field(default=0)
    reminded_at: datetime | None = moment(nullable=True)
    still_hash: bytes | None = Field(default=None, sa_type=LargeBinary, unique=True)
    care_hash: bytes | None = Field(default=None, sa_type=LargeBinary, unique=True)
    created_at: datetime = moment(now=True)
    version: int = Field(default=1)


class DirectoryProfileSpecialisation(SQLModel, table=True):
    """What a company counts itself to."""

    __tablename__ = "directory_profile_specialisation"

    profile_id: UUID = Field(foreign_key="directory_profile.id", primary_key=True, ondelete="CASCADE")
    specialisation_id: UUID = Field(foreign_key="directory_specialisation.id", primary_key=True, index=True)


class DirectoryLogo(SQLModel, table=True):
    """How a company signs; a picture never changes under its identifier."""

    __tablename__ = "directory_logo"

    profile_id: UUID = Field(foreign_key="directory_profile.id", primary_key=True, ondelete="CASCADE")
    id: UUID = Field(unique=True)
    media_type: str = Field(sa_type=Text)
    content: bytes = Field(sa_type=LargeBinary)


class DirectoryAmbassador(SQLModel, table=True):
    """The mark of an innovation ambassador that a gmina gave, and when it withdrew it."""

    __tablename__ = "directory_ambassador"
    __table_args__ = (
        CheckConstraint("withdrawn_on >= given_on", name="directory_ambassador_days"),
        CheckConstraint("(withdrawn_on IS NULL) = (withdrawn_reason = '')", name="directory_ambassador_reason"),
        Index("directory_ambassador_once", "profile_id", unique=True, postgresql_where=text("withdrawn_on IS NULL")),
        Index("directory_ambassador_of", "profile_id", "given_on"),
    )

    id: UUID = key()
    profile_id: UUID = Field(foreign_key="directory_profile.id", ondelete="CASCADE")
    gmina_id: UUID = Field(foreign_key="gmina.id")
    reason: str = Field(sa_type=Text)
    given_on: date = Field()
    given_by: UUID = Field(foreign_key="account.id")
    withdrawn_on: date | None = Field(default=None)
    withdrawn_by: UUID | None = Field(default=None, foreign_key="account.id")
    withdrawn_reason: str = Field(default="", sa_type=Text)


class DirectoryEntry(SQLModel, table=True):
    """A profile that everybody finds, narrow, so that 50,000 are searched in a moment. Only what is published
    has one."""

    __tablename__ = "directory_entry"
    __table_args__ = (
        Index("directory_entry_words", "document", postgresql_using="gin"),
        Index("directory_entry_by_name", "sort_key", "profile_id"),
        Index("directory_entry_of_gmina", "gmina_id", "sort_key", "profile_id"),
    )

    profile_id: UUID = Field(foreign_key="directory_profile.id", primary_key=True, ondelete="CASCADE")
    gmina_id: UUID = Field(foreign_key="gmina.id")
    sort_key: str = Field(sa_type=BY_LETTER)
    sections: list[str] = texts()
    specialisations: list[UUID] = Field(
        default_factory=list, sa_type=ARRAY(Uuid), nullable=False, sa_column_kwargs={"server_default": text("'{}'")}
    )
    ambassador: bool = Field(default=False)
    looking: bool = Field(default=False)
    offering: bool = Field(default=False)
    document: str = Field(sa_type=TSVECTOR)


class DirectoryWord(SQLModel, table=True):
    """A word that some profile uses, and how it is written with one letter left out: by these a
    mistyped word meets the right one."""

    __tablename__ = "directory_word"
    __table_args__ = (Index("directory_word_near", "near", postgresql_using="gin"),)

    word: str = Field(sa_type=Text, primary_key=True)
    near: list[str] = texts()
