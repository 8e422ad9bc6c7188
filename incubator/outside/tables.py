"""Calendars kept elsewhere, and when they say that somebody is busy. What they block is in `occupancy`."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment, period


class OutsideCalendar(SQLModel, table=True):
    """A calendar of a mentor's or a space's. `address` is a secret, and shown to nobody after it was typed.

    It is asked for again at `next_fetch_at`, never where that is empty; `tried_at` is when it was asked for last,
    `fetched_at` when there last was an answer, `read_at` when the whole file was last read. `failures` in a row are
    counted, and `problem` is the code of the last. `skipped` entries of the file could not be read."""

    __tablename__ = "outside_calendar"
    __table_args__ = (
        CheckConstraint("num_nonnulls(mentor_id, space_id) = 1", name="outside_calendar_of_one"),
        CheckConstraint("failures >= 0 AND skipped >= 0", name="outside_calendar_counts"),
        Index("outside_calendar_due", "next_fetch_at", postgresql_where=text("next_fetch_at IS NOT NULL")),
    )

    id: UUID = key()
    mentor_id: UUID | None = Field(default=None, foreign_key="mentor.id", index=True)
    space_id: UUID | None = Field(default=None, foreign_key="space.id", index=True)
    gmina_id: UUID = Field(foreign_key="gmina.id")
    name: str = Field(sa_type=Text)
    address: str = Field(sa_type=Text)
    etag: str = Field(default="", sa_type=Text)
    last_modified: str = Field(default="", sa_type=Text)
    added_by: UUID = Field(foreign_key="account.id")
    created_at: datetime = moment(now=True)
    next_fetch_at: datetime | None = moment(nullable=True)
    tried_at: datetime | None = moment(nullable=True)
    fetched_at: datetime | None = moment(nullable=True)
    read_at: datetime | None = moment(nullable=True)
    failures: int = Field(default=0)
    problem: str = Field(default="", sa_type=Text)
    told_at: datetime | None = moment(nullable=True)
    skipped: int = Field(default=0)


class OutsideBusy(SQLModel, table=True):
    """A busy time of a calendar, without a word of what. In `occupancy` it is the subject of those pieces of the time
    that nothing else has (purpose outside); `whole` where that is all of it."""

    __tablename__ = "outside_busy"
    __table_args__ = (
        UniqueConstraint("calendar_id", "during", name="outside_busy_once"),
        Index("outside_busy_partial", "calendar_id", postgresql_where=text("NOT whole")),
    )

    id: UUID = key()
    calendar_id: UUID = Field(foreign_key="outside_calendar.id")
    during: Range[datetime] = period()
    whole: bool = Field(default=False)


class OutsideTold(SQLModel, table=True):
    """That somebody was written to about a clash of a calendar with a booking or meeting."""

    __tablename__ = "outside_told"

    calendar_id: UUID = Field(foreign_key="outside_calendar.id", primary_key=True)
    subject_id: UUID = Field(primary_key=True)
    told_at: datetime = moment()
