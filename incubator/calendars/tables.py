"""The secret addresses of personal feeds."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary, Text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment


class FeedToken(SQLModel, table=True):
    """A personal feed's secret, stored hashed, with a name, and when it was last asked for by what."""

    __tablename__ = "feed_token"

    id: UUID = key()
    token_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    name: str = Field(default="", sa_type=Text)
    created_at: datetime = moment(now=True)
    revoked_at: datetime | None = moment(nullable=True)
    fetched_at: datetime | None = moment(nullable=True)
    fetched_by: str = Field(default="", sa_type=Text)
