"""What is taken over from registers, and what companies say to it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment


class DirectoryImport(SQLModel, table=True):
    """A file that a coordinator looked at before it counts. `rows` are its good rows with the version of the
    profile that each meets, `problems` the bad ones; it is applied as it was seen, once, within a day."""

    __tablename__ = "directory_import"
    __table_args__ = (
        CheckConstraint("applied_at IS NULL OR bad = 0", name="directory_import_whole"),
        Index("directory_import_made", "made_at"),
    )

    id: UUID = key()
    gmina_id: UUID = Field(foreign_key="gmina.id")
    account_id: UUID = Field(foreign_key="account.id")
    source: str = Field(sa_type=Text)
    source_day: date = Field()
    rows: list[dict[str, Any]] = Field(sa_type=JSONB)
    problems: list[dict[str, Any]] = Field(sa_type=JSONB)
    fresh: int = Field(default=0)
    changed: int = Field(default=0)
    unchanged: int = Field(default=0)
    skipped: int = Field(default=0)
    bad: int = Field(default=0)
    made_at: datetime = moment(now=True)
    applied_at: datetime | None = moment(nullable=True)


class DirectoryRequest(SQLModel, table=True):
    """Somebody without an account asks to have a profile corrected or removed; a coordinator answers."""

    __tablename__ = "directory_request"
    __table_args__ = (
        CheckConstraint("kind IN ('correct', 'remove')", name="directory_request_kind"),
        CheckConstraint("(closed_at IS NULL) = (outcome = '')", name="directory_request_closed"),
        CheckConstraint("outcome IN ('', 'done', 'refused')", name="directory_request_outcome"),
        Index("directory_request_open", "gmina_id", "made_at", postgresql_where=text("closed_at IS NULL")),
        Index("directory_request_of", "profile_id"),
    )

    id: UUID = key()
    gmina_id: UUID = Field(foreign_key="gmina.id")
    profile_id: UUID | None = Field(default=None, foreign_key="directory_profile.id", ondelete="SET NULL")
    kind: str = Field(sa_type=Text)
    message: str = Field(default="", sa_type=Text)
    email: str = Field(default="", sa_type=Text)
    made_at: datetime = moment(now=True)
    closed_at: datetime | None = moment(nullable=True)
    outcome: str = Field(default="", sa_type=Text)
    answer: str = Field(default="", sa_type=Text)


class DirectoryObjection(SQLModel, table=True):
    """A company that had itself taken out: the digest of its NIP, so that no later file brings it back."""

    __tablename__ = "directory_objection"

    nip_hash: bytes = Field(sa_type=LargeBinary, primary_key=True)
    at: datetime = moment(now=True)
