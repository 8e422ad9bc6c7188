"""Accounts, organisations, roles and the secrets that let people in (stored hashed only)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment, texts


class Account(SQLModel, table=True):
    """A person. Erasure empties name and email and keeps the row, so that sums stay true. `standing`
    counts every change of what the person may do (triggers: of the row, of roles, of organisations)."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="account_email_lower"),
        CheckConstraint("locale IN ('pl', 'en')", name="account_locale"),
        CheckConstraint("(email IS NULL) = (erased_at IS NOT NULL)", name="account_erased_has_no_email"),
    )

    id: UUID = key()
    email: str | None = Field(sa_type=Text, unique=True, nullable=True)
    name: str = Field(sa_type=Text)
    locale: str = Field(default="pl", sa_type=Text)
    gmina_id: UUID | None = Field(default=None, foreign_key="gmina.id")
    password_hash: str | None = Field(default=None, sa_type=Text)
    created_at: datetime = moment(now=True)
    erased_at: datetime | None = moment(nullable=True)
    version: int = Field(default=1)
    standing: int = Field(default=1, sa_type=BigInteger, sa_column_kwargs={"server_default": text("1")})


class NoticeChoice(SQLModel, table=True):
    """What mails a person would like about bookings, meetings or sessions: invitations, and reminders before."""

    __tablename__ = "notice_choice"
    __table_args__ = (
        CheckConstraint("about IN ('bookings', 'meetings', 'sessions')", name="notice_choice_about"),
        CheckConstraint("reminders IN ('none', 'hour', 'day', 'both')", name="notice_choice_reminders"),
    )

    account_id: UUID = Field(foreign_key="account.id", primary_key=True)
    about: str = Field(sa_type=Text, primary_key=True)
    invitations: bool
    reminders: str = Field(sa_type=Text)


class RoleGrant(SQLModel, table=True):
    """A role beyond member and resident. A coordinator's is of one gmina; the others of none."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("role IN ('coordinator', 'mentor', 'office', 'administrator')", name="role_grant_role"),
        CheckConstraint("(role = 'coordinator') = (gmina_id IS NOT NULL)", name="role_grant_gmina"),
        UniqueConstraint("account_id", "role", "gmina_id", name="role_grant_once", postgresql_nulls_not_distinct=True),
    )

    id: UUID = key()
    account_id: UUID = Field(foreign_key="account.id", index=True)
    role: str = Field(sa_type=Text)
    gmina_id: UUID | None = Field(default=None, foreign_key="gmina.id")
    granted_by: UUID | None = Field(default=None, foreign_key="account.id")
    granted_at: datetime = moment(now=True)


class Organisation(SQLModel, table=True):
    """A startup, company, NGO or public body. `nip` is ten digits with a right checksum."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("kind IN ('startup', 'company', 'ngo', 'public')", name="organisation_kind"),
        CheckConstraint("nip ~ '^[0-9]{10}$'", name="organisation_nip_digits"),
        CheckConstraint("regon ~ '^([0-9]{9}|[0-9]{14})$'", name="organisation_regon_digits"),
        CheckConstraint("krs ~ '^[0-9]{10}$'", name="organisation_krs_digits"),
        Index("organisation_nip_once", "nip", unique=True, postgresql_where=text("closed_at IS NULL")),
    )

    id: UUID = key()
    name: str = Field(sa_type=Text)
    kind: str = Field(default="startup", sa_type=Text)
    nip: str | None = Field(default=None, sa_type=Text)
    regon: str | None = Field(default=None, sa_type=Text)
    krs: str | None = Field(default=None, sa_type=Text)
    gmina_id: UUID = Field(foreign_key="gmina.id", index=True)
    pkd: str | None = Field(default=None, sa_type=Text)
    pkd_edition: int | None = Field(default=None)
    created_at: datetime = moment(now=True)
    closed_at: datetime | None = moment(nullable=True)
    version: int = Field(default=1)


class Membership(SQLModel, table=True):
    """Who belongs to an organisation, as owner or member."""

    __tablename__ = "membership"
    __table_args__ = (CheckConstraint("role IN ('owner', 'member')", name="membership_role"),)

    organisation_id: UUID = Field(foreign_key="organisation.id", primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", primary_key=True, index=True)
    role: str = Field(default="member", sa_type=Text)
    joined_at: datetime = moment(now=True)


class Invitation(SQLModel, table=True):
    """An open door into an organisation for one e-mail address."""

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("role IN ('owner', 'member')", name="invitation_role"),
        Index(
            "invitation_open_once",
            "organisation_id",
            "email",
            unique=True,
            postgresql_where=text("accepted_at IS NULL AND withdrawn_at IS NULL"),
        ),
    )

    id: UUID = key()
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    email: str = Field(sa_type=Text)
    role: str = Field(default="member", sa_type=Text)
    token_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    invited_by: UUID = Field(foreign_key="account.id")
    created_at: datetime = moment(now=True)
    expires_at: datetime = moment()
    accepted_at: datetime | None = moment(nullable=True)
    withdrawn_at: datetime | None = moment(nullable=True)


class SignInLink(SQLModel, table=True):
    """A link from a mail that signs in once. An address without an account gets one on use."""

    __tablename__ = "sign_in_link"

    token_hash: bytes = Field(sa_type=LargeBinary, primary_key=True)
    email: str = Field(sa_type=Text, index=True)
    next_path: str | None = Field(default=None, sa_type=Text)
    created_at: datetime = moment(now=True)
    expires_at: datetime = moment(index=True)
    used_at: datetime | None = moment(nullable=True)


class WebSession(SQLModel, table=True):
    """A signed-in browser."""

    __tablename__ = "web_session"

    token_hash: bytes = Field(sa_type=LargeBinary, primary_key=True)
    id: UUID = Field(unique=True, sa_column_kwargs={"server_default": text("uuidv7()")})
    account_id: UUID = Field(foreign_key="account.id", index=True)
    user_agent: str = Field(default="", sa_type=Text)
    created_at: datetime = moment(now=True)
    seen_at: datetime = moment(now=True)
    expires_at: datetime = moment(index=True)


class ApiToken(SQLModel, table=True):
    """A key for programs, with scopes and an end."""

    __tablename__ = "api_token"

    id: UUID = key()
    token_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    name: str = Field(sa_type=Text)
    scopes: list[str] = texts()
    created_at: datetime = moment(now=True)
    expires_at: datetime = moment()
    revoked_at: datetime | None = moment(nullable=True)
    used_at: datetime | None = moment(nullable=True)


class Attempt(SQLModel, table=True):
    """How often something was tried in one window of time; `key` is a digest, never an address."""

    __tablename__ = "attempt"

    key: bytes = Field(sa_type=LargeBinary, primary_key=True)
    window_start: datetime = Field(primary_key=True, sa_type=DateTime(timezone=True))
    count: int = Field(default=0)
