"""The secret addresses of calendars."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, LargeBinary, Text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment


class FeedToken(SQLModel, table=True):
    """A secret address of the person `account_id`, stored hashed, with a name, and when it was last asked for by what.

    What it tells of goes by its `kind`: `personal` of themself, `organisation`, `mentor` and `desk` of the organisation,
    mentor or gmina `subject_id`. That they may still know it is asked each time (calendars/rights.py)."""

    __tablename__ = "feed_token"
    __table_args__ = (
        CheckConstraint("kind IN ('personal', 'organisation', 'mentor', 'desk')", name="feed_token_kind"),
        CheckConstraint("(kind = 'personal') = (subject_id IS NULL)", name="feed_token_subject"),
    )

    id: UUID = key()
    token_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    kind: str = Field(default="personal", sa_type=Text, sa_column_kwargs={"server_default": "personal"})
    subject_id: UUID | None = Field(default=None)
    name: str = Field(default="", sa_type=Text)
    created_at: datetime = moment(now=True)
    revoked_at: datetime | None = moment(nullable=True)
    fetched_at: datetime | None = moment(nullable=True)
    fetched_by: str = Field(default="", sa_type=Text)
