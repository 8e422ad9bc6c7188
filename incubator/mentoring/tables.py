"""Mentors, what they can be asked about, and when they can be met."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, LargeBinary, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, Range
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment, period, texts

BOUNDED = "NOT isempty({0}) AND NOT lower_inf({0}) AND NOT upper_inf({0})"


class Topic(SQLModel, table=True):
    """What one can ask a mentor about: a list of the metropolis, so that "any mentor for this topic" has
    an answer."""

    __tablename__ = "topic"

    slug: str = Field(sa_type=Text, primary_key=True)
    name_pl: str = Field(sa_type=Text)
    name_en: str = Field(sa_type=Text)
    position: int = Field(default=0)
    retired_at: datetime | None = moment(nullable=True)
    version: int = Field(default=1)


class Mentor(SQLModel, table=True):
    """A person who can be met, run by the gmina `gmina_id`. Public: name, headline, about, languages,
    photo, topics. Private: `online_link`, which only those who meet are shown.

    Meetings start on the `grid_minutes` grid, counted from midnight in Warsaw, last one of `lengths`, at
    least `lead_minutes` and at most `horizon_days` ahead; `break_minutes` are kept free after each.
    Free to cancel until `cancel_minutes` before the start. `version` moves with every change of the
    mentor's own facts, hours, exceptions and topics; the statement that books asks whether it stands."""

    __tablename__ = "mentor"
    __table_args__ = (
        CheckConstraint("state IN ('active', 'paused', 'retired')", name="mentor_state"),
        CheckConstraint(
            "cardinality(lengths) > 0 AND 15 <= ALL (lengths) AND 120 >= ALL (lengths)", name="mentor_lengths"
        ),
        CheckConstraint("grid_minutes IN (15, 30, 60)", name="mentor_grid"),
        CheckConstraint(
            "break_minutes BETWEEN 0 AND 240 AND lead_minutes BETWEEN 0 AND 43200"
            " AND horizon_days BETWEEN 1 AND 366 AND cancel_minutes BETWEEN 0 AND 43200",
            name="mentor_rules",
        ),
    )

    id: UUID = key()
    account_id: UUID = Field(foreign_key="account.id", unique=True)
    gmina_id: UUID = Field(foreign_key="gmina.id", index=True)
    resource_id: int = Field(foreign_key="resource.id", unique=True, sa_type=BigInteger)
    slug: str = Field(sa_type=Text, unique=True)
    name: str = Field(sa_type=Text)
    headline_pl: str = Field(default="", sa_type=Text)
    headline_en: str = Field(default="", sa_type=Text)
    about_pl: str = Field(default="", sa_type=Text)
    about_en: str = Field(default="", sa_type=Text)
    languages: list[str] = texts("pl")
    online_link: str = Field(default="", sa_type=Text)
    state: str = Field(default="active", sa_type=Text)
    lengths: list[int] = Field(
        default_factory=lambda: [60],
        sa_type=ARRAY(Integer),
        nullable=False,
        sa_column_kwargs={"server_default": "{60}"},
    )
    grid_minutes: int = Field(default=30)
    break_minutes: int = Field(default=0)
    lead_minutes: int = Field(default=1440)
    horizon_days: int = Field(default=60)
    cancel_minutes: int = Field(default=1440)
    created_at: datetime = moment(now=True)
    version: int = Field(default=1)


class MentorTopic(SQLModel, table=True):
    """What the mentor can be asked about."""

    __tablename__ = "mentor_topic"

    mentor_id: UUID = Field(foreign_key="mentor.id", primary_key=True)
    topic_slug: str = Field(foreign_key="topic.slug", primary_key=True, index=True, sa_type=Text)


class MentorPhoto(SQLModel, table=True):
    """How the mentor looks, made afresh as those of spaces are."""

    __tablename__ = "mentor_photo"

    mentor_id: UUID = Field(foreign_key="mentor.id", primary_key=True)
    id: UUID = key()
    media_type: str = Field(sa_type=Text)
    content: bytes = Field(sa_type=LargeBinary)


class MentorHours(SQLModel, table=True):
    """A stretch of the mentor's week (1 Monday … 7 Sunday; minutes on the clock in Warsaw), at an
    incubator, online, or either as the startup likes.

    `audience`: everyone (residents too), organisations, or programme: only those whom `programme_id`
    granted mentor minutes. No stretch on public holidays, unless an exception says so."""

    __tablename__ = "mentor_hours"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 1 AND 7", name="mentor_hours_weekday"),
        CheckConstraint("0 <= opens AND opens < closes AND closes <= 1440", name="mentor_hours_times"),
        CheckConstraint("online OR incubator_id IS NOT NULL", name="mentor_hours_somewhere"),
        CheckConstraint("audience IN ('everyone', 'organisations', 'programme')", name="mentor_hours_audience"),
        CheckConstraint("(audience = 'programme') = (programme_id IS NOT NULL)", name="mentor_hours_programme"),
    )

    id: UUID = key()
    mentor_id: UUID = Field(foreign_key="mentor.id", index=True)
    weekday: int
    opens: int
    closes: int
    incubator_id: UUID | None = Field(default=None, foreign_key="incubator.id", index=True)
    online: bool = Field(default=False)
    audience: str = Field(default="everyone", sa_type=Text)
    programme_id: UUID | None = Field(default=None)


class MentorException(SQLModel, table=True):
    """A day that is not as its weekday is: other stretches, or none (a row without times). It counts on
    public holidays too."""

    __tablename__ = "mentor_exception"
    __table_args__ = (
        CheckConstraint("(opens IS NULL) = (closes IS NULL)", name="mentor_exception_both"),
        CheckConstraint("0 <= opens AND opens < closes AND closes <= 1440", name="mentor_exception_times"),
        CheckConstraint("opens IS NULL OR online OR incubator_id IS NOT NULL", name="mentor_exception_somewhere"),
        CheckConstraint("audience IN ('everyone', 'organisations', 'programme')", name="mentor_exception_audience"),
        CheckConstraint("(audience = 'programme') = (programme_id IS NOT NULL)", name="mentor_exception_programme"),
        UniqueConstraint("mentor_id", "day", "opens", name="mentor_exception_once", postgresql_nulls_not_distinct=True),
    )

    id: UUID = key()
    mentor_id: UUID = Field(foreign_key="mentor.id")
    day: date
    opens: int | None = Field(default=None)
    closes: int | None = Field(default=None)
    incubator_id: UUID | None = Field(default=None, foreign_key="incubator.id")
    online: bool = Field(default=False)
    audience: str = Field(default="everyone", sa_type=Text)
    programme_id: UUID | None = Field(default=None)


class MentorAbsence(SQLModel, table=True):
    """The mentor is away: the time is taken in `occupancy` (purpose block, subject this row), so nothing
    can be booked in it. `stand_in_id` is who can be asked instead."""

    __tablename__ = "mentor_absence"
    __table_args__ = (
        CheckConstraint(BOUNDED.format("period"), name="mentor_absence_bounded"),
        CheckConstraint("stand_in_id <> mentor_id", name="mentor_absence_another"),
        Index("mentor_absence_of_mentor", "mentor_id", text("upper(period)")),
    )

    id: UUID = key()
    mentor_id: UUID = Field(foreign_key="mentor.id")
    period: Range[datetime] = period()
    stand_in_id: UUID | None = Field(default=None, foreign_key="mentor.id")
    created_by: UUID = Field(foreign_key="account.id")
    created_at: datetime = moment(now=True)
    removed_at: datetime | None = moment(nullable=True)
