"""Answers kept for requests that are sent again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary, Text
from sqlmodel import Field, SQLModel

from incubator.db.columns import moment


class IdempotentAnswer(SQLModel, table=True):
    """What a creating request with an `Idempotency-Key` was answered, for a day."""

    __tablename__ = "idempotent_answer"

    account_id: UUID = Field(primary_key=True)
    key: str = Field(sa_type=Text, primary_key=True)
    request_hash: bytes = Field(sa_type=LargeBinary)
    status: int = Field(default=0)
    location: str | None = Field(default=None, sa_type=Text)
    body: bytes | None = Field(default=None, sa_type=LargeBinary)
    created_at: datetime = moment(now=True, index=True)
