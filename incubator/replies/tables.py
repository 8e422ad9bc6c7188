"""Mails that were read, without a word of them or of whose they were."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment

OUTCOMES = (
    "'being_read', 'cancelled', 'noted', 'refused', 'old', 'again', 'no_answer', 'unreadable', 'too_large',"
    " 'not_invited', 'unchecked'"
)


class Reply(SQLModel, table=True):
    """One mail: where it lies, which answer it was (`told`, a hash), and what became of it."""

    __tablename__ = "reply"
    __table_args__ = (
        UniqueConstraint("box", "uid_validity", "uid", name="reply_read_once"),
        UniqueConstraint("told", name="reply_taken_once"),
        CheckConstraint(f"outcome IN ({OUTCOMES})", name="reply_outcome"),
        Index("reply_read_at", "read_at"),
    )

    id: UUID = key()
    box: str = Field(sa_type=Text)
    uid_validity: int = Field(sa_type=BigInteger)
    uid: int = Field(sa_type=BigInteger)
    told: str | None = Field(default=None, sa_type=Text, nullable=True)
    outcome: str = Field(sa_type=Text)
    read_at: datetime = moment()


class ReplyBox(SQLModel, table=True):
    """A mailbox, by a hash of where it is: when it could last be read, and how often in a row it could not."""

    __tablename__ = "reply_box"
    __table_args__ = (CheckConstraint("failures >= 0", name="reply_box_failures"),)

    box: str = Field(sa_type=Text, primary_key=True)
    read_at: datetime | None = moment(nullable=True)
    tried_at: datetime = moment()
    failures: int = Field(default=0)
    problem: str = Field(default="", sa_type=Text)
