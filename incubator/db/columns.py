"""Column types that several tables share."""

from typing import Any

from sqlalchemy import DateTime, Text
from sqlalchemy.dialects.postgresql import ARRAY, TSTZRANGE
from sqlalchemy.sql.expression import text
from sqlmodel import Field

from incubator.kernel.ids import uuid7

NOW = text("now()")
UUID7 = text("uuidv7()")


def key() -> Any:
    """A primary key that sorts by the time of its making; made by the database where we do not."""
    return Field(default_factory=uuid7, primary_key=True, sa_column_kwargs={"server_default": UUID7})


def moment(*, nullable: bool = False, now: bool = False, index: bool = False) -> Any:
    """An aware instant; `now=True` lets the database fill it in."""
    given: dict[str, Any] = {"server_default": NOW} if now else {}
    return Field(
        default=None,
        sa_type=DateTime(timezone=True),
        nullable=nullable,
        index=index,
        sa_column_kwargs=given,
    )


def texts(*given: str) -> Any:
    """A list of short texts; `given` is what it is at first."""
    return Field(
        default_factory=lambda: list(given),
        sa_type=ARRAY(Text),
        nullable=False,
        sa_column_kwargs={"server_default": text(f"'{{{','.join(given)}}}'")},
    )


def period(*, nullable: bool = False) -> Any:
    """A bounded, half-open stretch of time."""
    return Field(default=None, sa_type=TSTZRANGE, nullable=nullable)
