"""Calls, their forms and rules, applications with their answers and files."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment, texts


class Call(SQLModel, table=True):
    """The call for applications of an edition: open from `opens_at` until just before `closes_at`.

    Eligibility, each rule off where it is empty: the age of the company in months on the closing day,
    gminas, kinds of organisation, sizes (micro, small, medium, large: Annex I of Regulation (EU)
    651/2014), beginnings of PKD classes. `anonymous`: scorers see a code, not a name."""

    __tablename__ = "call"
    __table_args__ = (
        CheckConstraint("opens_at < closes_at", name="call_times"),
        CheckConstraint("youngest_months >= 0 AND oldest_months >= youngest_months", name="call_age"),
    )

    edition_id: UUID = Field(foreign_key="edition.id", primary_key=True)
    opens_at: datetime = moment()
    closes_at: datetime = moment()
    anonymous: bool = Field(default=False)
    youngest_months: int | None = Field(default=None)
    oldest_months: int | None = Field(default=None)
    gmina_ids: list[UUID] = Field(
        default_factory=list,
        sa_type=ARRAY(PG_UUID(as_uuid=True)),
        nullable=False,
        sa_column_kwargs={"server_default": text("'{}'")},
    )
    kinds: list[str] = texts()
    sizes: list[str] = texts()
    pkd: list[str] = texts()
    intro_pl: str = Field(default="", sa_type=Text)
    intro_en: str = Field(default="", sa_type=Text)
    published_at: datetime | None = moment(nullable=True)
    applications: int = Field(default=0)
    version: int = Field(default=1)


class Question(SQLModel, table=True):
    """A question of a call's form. `options`: [{"value", "pl", "en"}] of a choice; `least` and `most`
    bound a number, a length of text or, in bytes, a file; `media` are the types a file may have. The form
    is frozen once the call is open."""

    __tablename__ = "question"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('text', 'paragraph', 'number', 'choice', 'choices', 'file', 'declaration', 'nip', 'date')",
            name="question_kind",
        ),
        CheckConstraint("(kind IN ('choice', 'choices')) = (options IS NOT NULL)", name="question_options"),
        UniqueConstraint("edition_id", "position", name="question_position", deferrable=True, initially="DEFERRED"),
    )

    id: UUID = key()
    edition_id: UUID = Field(foreign_key="call.edition_id")
    position: int
    kind: str = Field(sa_type=Text)
    label_pl: str = Field(sa_type=Text)
    label_en: str = Field(default="", sa_type=Text)
    help_pl: str = Field(default="", sa_type=Text)
    help_en: str = Field(default="", sa_type=Text)
    required: bool = Field(default=True)
    reveals_identity: bool = Field(default=False)
    options: list[dict[str, str]] | None = Field(default=None, sa_type=JSONB)
    least: int | None = Field(default=None)
    most: int | None = Field(default=None)
    media: list[str] = texts()


class Application(SQLModel, table=True):
    """What an organisation, or a person planning one, hands in to a call. `number` counts the call's
    submissions from 1; `code` is what an anonymous scorer sees. The facts that eligibility looks at are kept as they were
    said. States: see applications.states."""

    __tablename__ = "application"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'submitted', 'supplementing', 'formally_passed', 'formally_rejected',"
            " 'below_threshold', 'reserve', 'offered', 'admitted', 'not_admitted', 'declined', 'withdrawn')",
            name="application_state",
        ),
        CheckConstraint("(state = 'draft') <= (number IS NULL)", name="application_numbered"),
        CheckConstraint("size IN ('micro', 'small', 'medium', 'large')", name="application_size"),
        UniqueConstraint("edition_id", "number", name="application_number"),
        UniqueConstraint("edition_id", "code", name="application_code"),
        Index(
            "application_once",
            "edition_id",
            text("coalesce(organisation_id, account_id)"),
            unique=True,
            postgresql_where=text("state <> 'withdrawn'"),
        ),
        Index("application_of_edition", "edition_id", "state"),
        Index("application_of_organisation", "organisation_id"),
        Index("application_of_account", "account_id"),
    )

    id: UUID = key()
    edition_id: UUID = Field(foreign_key="call.edition_id")
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    account_id: UUID = Field(foreign_key="account.id")
    state: str = Field(default="draft", sa_type=Text)
    number: int | None = Field(default=None)
    code: str = Field(sa_type=Text)
    title: str = Field(default="", sa_type=Text)
    registered_on: date | None = Field(default=None)
    size: str | None = Field(default=None, sa_type=Text)
    gmina_id: UUID | None = Field(default=None)
    pkd: str | None = Field(default=None, sa_type=Text)
    answers: dict[str, Any] = Field(
        default_factory=dict, sa_type=JSONB, nullable=False, sa_column_kwargs={"server_default": text("'{}'")}
    )
    terms_version: int | None = Field(default=None)
    submitted_at: datetime | None = moment(nullable=True)
    supplement_until: datetime | None = moment(nullable=True)
    created_at: datetime = moment(now=True)
    changed_at: datetime = moment(now=True)
    version: int = Field(default=1)


class Submission(SQLModel, table=True):
    """What was handed in, as it was: round 0, and after the one supplementation round 1. Never changed
    (trigger `submissions_are_kept`)."""

    __tablename__ = "submission"
    __table_args__ = (CheckConstraint("round IN (0, 1)", name="submission_round"),)

    application_id: UUID = Field(foreign_key="application.id", primary_key=True)
    round: int = Field(primary_key=True)
    at: datetime = moment(now=True)
    by: UUID = Field(foreign_key="account.id")
    facts: dict[str, Any] = Field(sa_type=JSONB, nullable=False)
    answers: dict[str, Any] = Field(sa_type=JSONB, nullable=False)
    terms_version: int | None = Field(default=None)


class ApplicationFile(SQLModel, table=True):
    """A file that answers a question; kept in the database, served only to those who may read the
    application."""

    __tablename__ = "application_file"
    __table_args__ = (
        CheckConstraint("octet_length(content) = size AND size > 0", name="application_file_whole"),
        Index("application_file_of", "application_id"),
    )

    id: UUID = key()
    application_id: UUID = Field(foreign_key="application.id")
    question_id: UUID = Field(foreign_key="question.id")
    name: str = Field(sa_type=Text)
    media_type: str = Field(sa_type=Text)
    size: int
    sha256: bytes = Field(sa_type=LargeBinary)
    content: bytes = Field(sa_type=LargeBinary)
    uploaded_by: UUID = Field(foreign_key="account.id")
    uploaded_at: datetime = moment(now=True)


class CallExtension(SQLModel, table=True):
    """One applicant may hand in later, and why."""

    __tablename__ = "call_extension"
    __table_args__ = (
        CheckConstraint("num_nonnulls(organisation_id, account_id) = 1", name="call_extension_of_one"),
        Index("call_extension_of", "edition_id", text("coalesce(organisation_id, account_id)")),
    )

    id: UUID = key()
    edition_id: UUID = Field(foreign_key="call.edition_id")
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    account_id: UUID | None = Field(default=None, foreign_key="account.id")
    until: datetime = moment()
    reason: str = Field(sa_type=Text)
    granted_by: UUID = Field(foreign_key="account.id")
    granted_at: datetime = moment(now=True)
