"""When a place is open: weekly hours, exceptions for a day, public holidays, closures.

Times of day are minutes on the clock in Warsaw, 0–1440, so that midnight at the end of a day can
be said.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment, period


class WeeklyHours(SQLModel, table=True):
    """Open from `opens` to `closes` on one weekday (1 Monday … 7 Sunday), for an incubator or, where
    a space has rows of its own, for that space instead."""

    __tablename__ = "weekly_hours"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 1 AND 7", name="weekly_hours_weekday"),
        CheckConstraint("0 <= opens AND opens < closes AND closes <= 1440", name="weekly_hours_order"),
        CheckConstraint("num_nonnulls(incubator_id, space_id) = 1", name="weekly_hours_owner"),
    )

    id: UUID = key()
    incubator_id: UUID | None = Field(default=None, foreign_key="incubator.id", index=True)
    space_id: UUID | None = Field(default=None, foreign_key="space.id", index=True)
    weekday: int
    opens: int
    closes: int


class DatedHours(SQLModel, table=True):
    """An exception for one day: these hours instead of the weekly ones and of any public holiday;
    no hours (both empty) means closed."""

    __tablename__ = "dated_hours"
    __table_args__ = (
        CheckConstraint("0 <= opens AND opens < closes AND closes <= 1440", name="dated_hours_order"),
        CheckConstraint("(opens IS NULL) = (closes IS NULL)", name="dated_hours_both"),
        CheckConstraint("num_nonnulls(incubator_id, space_id) = 1", name="dated_hours_owner"),
        Index("dated_hours_of_incubator", "incubator_id", "day"),
        Index("dated_hours_of_space", "space_id", "day"),
    )

    id: UUID = key()
    incubator_id: UUID | None = Field(default=None, foreign_key="incubator.id")
    space_id: UUID | None = Field(default=None, foreign_key="space.id")
    day: date
    opens: int | None = Field(default=None)
    closes: int | None = Field(default=None)
    note: str = Field(default="", sa_type=Text)


class PublicHoliday(SQLModel, table=True):
    """A public holiday in Poland, from the `holidays` library, refreshed by a job."""

    __tablename__ = "public_holiday"

    day: date = Field(primary_key=True)
    name_pl: str = Field(sa_type=Text)
    name_en: str = Field(sa_type=Text)


class Closure(SQLModel, table=True):
    """A stretch of time when a space, an incubator or a whole gmina is closed, and why."""

    __tablename__ = "closure"
    __table_args__ = (
        CheckConstraint("space_id IS NULL OR incubator_id IS NOT NULL", name="closure_scope"),
        CheckConstraint(
            "NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during)", name="closure_bounded"
        ),
        Index("closure_during", text("during"), postgresql_using="gist"),
    )

    id: UUID = key()
    gmina_id: UUID = Field(foreign_key="gmina.id", index=True)
    incubator_id: UUID | None = Field(default=None, foreign_key="incubator.id")
    space_id: UUID | None = Field(default=None, foreign_key="space.id")
    during: Range[datetime] = period()
    reason_pl: str = Field(sa_type=Text)
    reason_en: str = Field(default="", sa_type=Text)
    created_by: UUID | None = Field(default=None, foreign_key="account.id")
    created_at: datetime = moment(now=True)
    withdrawn_at: datetime | None = moment(nullable=True)
