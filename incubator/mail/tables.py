"""Mails that were decided on, in the transaction that decided."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment


class Mail(SQLModel, table=True):
    """One mail to one person. `state` is waiting until an SMTP server took it (sent; its text is then
    forgotten), refused it for good (failed), or there is none (kept)."""

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
    state: str = Field(default="waiting", sa_type=Text)
    tries: int = Field(default=0)
    error: str = Field(default="", sa_type=Text)
    created_at: datetime = moment(now=True)
    sent_at: datetime | None = moment(nullable=True)
