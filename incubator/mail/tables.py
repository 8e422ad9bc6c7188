"""Mails that were decided on, in the transaction that decided."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Index, Text
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment, texts


class Mail(SQLModel, table=True):
    """One mail to one person. `state` is waiting until an SMTP server took it (sent; its text is then
    forgotten), refused it for good (failed), or there is none (kept). `invitations` are what calendars make of it,
    without the people: whoever sends is the organizer, and whoever gets it is asked."""

    __tablename__ = "mail"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'sent', 'failed', 'kept')", name="mail_state"),
        Index("mail_waiting", "created_at", postgresql_where=text("state = 'waiting'")),
        Index("mail_to", "recipient", "created_at"),
    )

    id: UUID = key()
    recipient: str = Field(sa_type=Text)
    subject: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    invitations: list[str] = texts()
    state: str = Field(default="waiting", sa_type=Text)
    tries: int = Field(default=0)
    error: str = Field(default="", sa_type=Text)
    created_at: datetime = moment(now=True)
    sent_at: datetime | None = moment(nullable=True)


class Invited(SQLModel, table=True):
    """Something that is in the calendar of somebody because a mail of ours invited them to it; `until` then it may
    still have to be taken out. `sequence` is that of the last invitation, `answer` what their calendar said to it, and
    `answered_at` when it wrote its last answer to any."""

    __tablename__ = "invited"
    __table_args__ = (
        Index("invited_until", "until"),
        Index("invited_uid", "uid"),
        CheckConstraint("answer IN ('', 'accepted', 'tentative', 'declined')", name="invited_answer"),
    )

    recipient: str = Field(sa_type=Text, primary_key=True)
    uid: str = Field(sa_type=Text, primary_key=True)
    until: datetime = moment()
    sequence: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": text("0")})
    answer: str = Field(default="", sa_type=Text, sa_column_kwargs={"server_default": text("''")})
    answered_at: datetime | None = moment(nullable=True)


class Reminded(SQLModel, table=True):
    """A reminder that was posted: of what, to whom, how many minutes before, and when it was to begin then."""

    __tablename__ = "reminded"
    __table_args__ = (Index("reminded_starts", "starts"), Index("reminded_to", "recipient"))

    subject_id: UUID = Field(primary_key=True)
    recipient: str = Field(sa_type=Text, primary_key=True)
    minutes: int = Field(primary_key=True)
    starts: datetime = Field(primary_key=True, sa_type=DateTime(timezone=True))
