"""Bookings, their series, the waiting list, blocks, and what was drawn from quotas."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, Range
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment, period

STATES = (
    "state IN ('held', 'awaiting_approval', 'awaiting_payment', 'confirmed', 'checked_in', 'completed',"
    " 'cancelled', 'declined', 'expired', 'no_show')"
)
LAPSING = "state IN ('held', 'awaiting_payment')"
NOTHING = {"server_default": text("'{}'")}
BOUNDED = "NOT isempty({0}) AND NOT lower_inf({0}) AND NOT upper_inf({0})"


class Booking(SQLModel, table=True):
    """A space for a period, for a person or an organisation. `period` is what was asked for; the
    turnaround after it is only in the occupancy. `gmina_id` and `incubator_id` repeat the space's,
    because every list is narrowed by them. `sequence` counts changes that calendars must see. What it drew
    it drew from `quota_id` or from `credit_id`; with `credit_kept` it was called off too late to return that. `part_of` is the larger thing (a meeting with a mentor) that the
    room belongs to: it is moved and called off with it. `extras` are those of the price list that were chosen with it;
    with `full_price` it asks for no lower one, and so for no aid.

    Foreign keys are where they guard something: each locks the row that it points at, and a gmina
    is pointed at by every booking of that gmina at once (docs/decisions/0010)."""

    __tablename__ = "booking"
    __table_args__ = (
        CheckConstraint(STATES, name="booking_state"),
        CheckConstraint(BOUNDED.format("period"), name="booking_bounded"),
        CheckConstraint(f"({LAPSING}) <= (hold_expires_at IS NOT NULL)", name="booking_held_expires"),
        CheckConstraint("(series_id IS NULL) = (occurrence IS NULL)", name="booking_occurrence"),
        Index(
            "booking_occurrence_once",
            "series_id",
            "occurrence",
            unique=True,
            postgresql_where=text("series_id IS NOT NULL"),
        ),
        Index("booking_of_incubator", "incubator_id", text("lower(period)")),
        Index("booking_of_account", "account_id", text("lower(period)")),
        Index(
            "booking_of_organisation",
            "organisation_id",
            text("lower(period)"),
            postgresql_where=text("organisation_id IS NOT NULL"),
        ),
        Index("booking_of_credit", "credit_id", postgresql_where=text("credit_id IS NOT NULL")),
        Index("booking_part_of", "part_of", postgresql_where=text("part_of IS NOT NULL")),
        Index("booking_awaiting", "gmina_id", postgresql_where=text("state = 'awaiting_approval'")),
        Index("booking_holds", "hold_expires_at", postgresql_where=text(LAPSING)),
        Index("booking_to_close", text("upper(period)"), postgresql_where=text("state IN ('confirmed', 'checked_in')")),
    )

    id: UUID = key()
    space_id: UUID = Field(foreign_key="space.id")
    incubator_id: UUID
    gmina_id: UUID
    account_id: UUID = Field(foreign_key="account.id")
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    period: Range[datetime] = period()
    state: str = Field(sa_type=Text)
    title: str = Field(default="", sa_type=Text)
    note: str = Field(default="", sa_type=Text)
    attendees: int | None = Field(default=None)
    hold_expires_at: datetime | None = moment(nullable=True)
    quota_id: UUID | None = Field(default=None)
    credit_id: UUID | None = Field(default=None)
    credit_kept: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    part_of: UUID | None = Field(default=None)
    series_id: UUID | None = Field(default=None, foreign_key="series.id")
    occurrence: int | None = Field(default=None)
    reason: str = Field(default="", sa_type=Text)
    decided_by: UUID | None = Field(default=None)
    extras: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid), nullable=False, sa_column_kwargs=NOTHING)
    full_price: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    checked_in_at: datetime | None = moment(nullable=True)
    created_at: datetime = moment(now=True)
    changed_at: datetime = moment(now=True)
    sequence: int = Field(default=0)


class Series(SQLModel, table=True):
    """A booking that repeats: every `every_weeks` weeks on `weekdays` (1 Monday … 7 Sunday) from
    `first_day`, starting at `start_minute` on the clock in Warsaw, `length_minutes` long, until
    `until_day` or `count` occurrences."""

    __tablename__ = "series"
    __table_args__ = (
        CheckConstraint("every_weeks BETWEEN 1 AND 52", name="series_every"),
        CheckConstraint("start_minute BETWEEN 0 AND 1439 AND length_minutes > 0", name="series_times"),
        CheckConstraint("num_nonnulls(until_day, count) = 1", name="series_end"),
        CheckConstraint("count BETWEEN 1 AND 366", name="series_count"),
    )

    id: UUID = key()
    space_id: UUID = Field(foreign_key="space.id", index=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id", index=True)
    gmina_id: UUID = Field(foreign_key="gmina.id")
    title: str = Field(default="", sa_type=Text)
    first_day: date
    every_weeks: int = Field(default=1)
    weekdays: list[int] = Field(sa_type=ARRAY(Integer), nullable=False)
    start_minute: int
    length_minutes: int
    until_day: date | None = Field(default=None)
    count: int | None = Field(default=None)
    continues_id: UUID | None = Field(default=None, foreign_key="series.id")
    created_at: datetime = moment(now=True)
    version: int = Field(default=1)


class SeriesSkip(SQLModel, table=True):
    """An occurrence that could not be had, and why (the code of the refusal)."""

    __tablename__ = "series_skip"

    series_id: UUID = Field(foreign_key="series.id", primary_key=True)
    occurrence: int = Field(primary_key=True)
    period: Range[datetime] = period()
    code: str = Field(sa_type=Text)
    sentence: str = Field(default="", sa_type=Text)


class WaitlistEntry(SQLModel, table=True):
    """Somebody who would like a taken time. When it frees, the first in line gets a held booking."""

    __tablename__ = "waitlist_entry"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'offered', 'taken', 'lapsed', 'left', 'passed')", name="waitlist_state"),
        CheckConstraint(BOUNDED.format("period"), name="waitlist_bounded"),
        Index("waitlist_line", "space_id", "created_at", postgresql_where=text("state = 'waiting'")),
        Index(
            "waitlist_once",
            "space_id",
            "period",
            "account_id",
            unique=True,
            postgresql_where=text("state IN ('waiting', 'offered')"),
        ),
    )

    id: UUID = key()
    space_id: UUID = Field(foreign_key="space.id")
    account_id: UUID = Field(foreign_key="account.id", index=True)
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    period: Range[datetime] = period()
    title: str = Field(default="", sa_type=Text)
    state: str = Field(default="waiting", sa_type=Text)
    booking_id: UUID | None = Field(default=None, foreign_key="booking.id")
    created_at: datetime = moment(now=True)
    changed_at: datetime = moment(now=True)


class Block(SQLModel, table=True):
    """A coordinator takes a space out of use for a while, and says why."""

    __tablename__ = "block"
    __table_args__ = (
        CheckConstraint(BOUNDED.format("period"), name="block_bounded"),
        Index("block_of_space", "space_id", text("lower(period)")),
    )

    id: UUID = key()
    space_id: UUID = Field(foreign_key="space.id")
    gmina_id: UUID = Field(foreign_key="gmina.id", index=True)
    period: Range[datetime] = period()
    reason: str = Field(sa_type=Text)
    created_by: UUID = Field(foreign_key="account.id")
    created_at: datetime = moment(now=True)
    removed_at: datetime | None = moment(nullable=True)


class LiveHolds(SQLModel, table=True):
    """How many holds of a person are not settled yet. The check is the judge, as of quotas."""

    __tablename__ = "live_holds"
    __table_args__ = (CheckConstraint("holds BETWEEN 0 AND 10", name="holds_not_exceeded"),)

    account_id: UUID = Field(primary_key=True)
    holds: int


class QuotaUse(SQLModel, table=True):
    """Minutes that one holder has booked under one quota in the week or month from `starts` on. The
    check is the judge: two requests for the last hour cannot both have it. The limit of the quota
    as it stood at the last draw is kept beside, for a check cannot look elsewhere."""

    __tablename__ = "quota_use"
    __table_args__ = (
        CheckConstraint("minutes >= 0", name="quota_use_not_negative"),
        CheckConstraint("minutes <= max_minutes", name="quota_not_exceeded"),
    )

    quota_id: UUID = Field(primary_key=True)
    holder_id: UUID = Field(primary_key=True)
    starts: date = Field(primary_key=True)
    minutes: int
    max_minutes: int
