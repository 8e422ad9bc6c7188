"""Meetings with mentors, and the budgets that they draw on."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment, period

BOUNDED = "NOT isempty({0}) AND NOT lower_inf({0}) AND NOT upper_inf({0})"


class MentorContract(SQLModel, table=True):
    """What the gmina pays the mentor for: `budget_minutes` between two days (both included), at
    `rate_minor` grosz an hour. Nobody's business but the mentor's and the coordinator's. A mentor with
    contracts is met within one; a mentor without any is a volunteer, whose hours nobody counts out.

    The check is the judge of the last minute."""

    __tablename__ = "mentor_contract"
    __table_args__ = (
        CheckConstraint("starts <= ends", name="mentor_contract_days"),
        CheckConstraint("rate_minor >= 0", name="mentor_contract_rate"),
        CheckConstraint("used_minutes >= 0", name="mentor_contract_not_negative"),
        CheckConstraint("used_minutes <= budget_minutes", name="mentor_budget_not_exceeded"),
        UniqueConstraint("mentor_id", "number", name="mentor_contract_number"),
    )

    id: UUID = key()
    mentor_id: UUID = Field(foreign_key="mentor.id", index=True)
    number: str = Field(sa_type=Text)
    starts: date
    ends: date
    rate_minor: int = Field(default=0)
    budget_minutes: int
    used_minutes: int = Field(default=0)
    created_at: datetime = moment(now=True)
    version: int = Field(default=1)


class MentoringPolicy(SQLModel, table=True):
    """How many minutes a month a gmina's mentors give to one organisation, or to one private person,
    that has no credit of a programme left to draw on. No number, no limit."""

    __tablename__ = "mentoring_policy"
    __table_args__ = (
        CheckConstraint("organisation_minutes >= 0 AND person_minutes >= 0", name="mentoring_policy_not_negative"),
    )

    gmina_id: UUID = Field(foreign_key="gmina.id", primary_key=True)
    organisation_minutes: int | None = Field(default=None)
    person_minutes: int | None = Field(default=None)
    version: int = Field(default=1)


class MentoringUse(SQLModel, table=True):
    """Minutes that one holder has drawn from the policy of a gmina in the month from `starts` on; the
    limit as it stood at the last draw is kept beside, for a check cannot look elsewhere."""

    __tablename__ = "mentoring_use"
    __table_args__ = (
        CheckConstraint("minutes >= 0", name="mentoring_use_not_negative"),
        CheckConstraint("minutes <= max_minutes", name="mentoring_not_exceeded"),
    )

    gmina_id: UUID = Field(primary_key=True)
    holder_id: UUID = Field(primary_key=True)
    starts: date = Field(primary_key=True)
    minutes: int
    max_minutes: int


class Meeting(SQLModel, table=True):
    """A mentor for a period, with an organisation or a private person. A room, where one was asked for,
    is a booking of its own (`booking_id`, whose `part_of` is this meeting), taken in the same statement.

    What it drew: from `credit_id`, or from the policy of the month (`draws_policy`), and from
    `contract_id`; each `drawn_minutes`, given back by a timely cancellation and when the mentor missed it.

    The record: `minutes` and `outcome` are what both sides confirm. When both have (or a coordinator
    has settled it, with a reason), `locked_at` is set and the row refuses to be changed (trigger
    `meeting_record_is_locked`). `told_at` is when both were written to that it was booked, `reminded_at` when
    who had not confirmed was asked once more, `room_lost_at` when both were told that the room was called off."""

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint(
            "state IN ('booked', 'cancelled', 'took_place', 'missed_by_startup', 'missed_by_mentor')",
            name="meeting_state",
        ),
        CheckConstraint("mode IN ('in_person', 'online')", name="meeting_mode"),
        CheckConstraint("cancelled_by_side IN ('startup', 'mentor', 'coordinator')", name="meeting_side"),
        CheckConstraint(BOUNDED.format("period"), name="meeting_bounded"),
        CheckConstraint("drawn_minutes > 0", name="meeting_drawn"),
        CheckConstraint("minutes BETWEEN 0 AND 1440", name="meeting_minutes"),
        CheckConstraint("NOT (draws_policy AND credit_id IS NOT NULL)", name="meeting_draws_once"),
        CheckConstraint(
            "locked_at IS NULL OR state IN ('took_place', 'missed_by_startup', 'missed_by_mentor')",
            name="meeting_locked_is_over",
        ),
        CheckConstraint(
            "locked_at IS NULL OR settled_by IS NOT NULL"
            " OR (mentor_confirmed_at IS NOT NULL AND startup_confirmed_at IS NOT NULL)",
            name="meeting_locked_by_both",
        ),
        Index("meeting_of_mentor", "mentor_id", text("lower(period)")),
        Index("meeting_of_account", "account_id", text("lower(period)")),
        Index(
            "meeting_of_organisation",
            "organisation_id",
            text("lower(period)"),
            postgresql_where=text("organisation_id IS NOT NULL"),
        ),
        Index("meeting_of_gmina", "gmina_id", text("lower(period)")),
        Index("meeting_of_booking", "booking_id", unique=True, postgresql_where=text("booking_id IS NOT NULL")),
        Index(
            "meeting_to_record",
            text("upper(period)"),
            postgresql_where=text("locked_at IS NULL AND state <> 'cancelled'"),
        ),
        Index("meeting_to_tell", "created_at", postgresql_where=text("told_at IS NULL")),
    )

    id: UUID = key()
    mentor_id: UUID = Field(foreign_key="mentor.id")
    gmina_id: UUID
    account_id: UUID = Field(foreign_key="account.id")
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    period: Range[datetime] = period()
    state: str = Field(default="booked", sa_type=Text)
    mode: str = Field(sa_type=Text)
    incubator_id: UUID | None = Field(default=None)
    booking_id: UUID | None = Field(default=None)
    topic_slug: str | None = Field(default=None, foreign_key="topic.slug", sa_type=Text)
    question: str = Field(default="", sa_type=Text)
    programme_id: UUID | None = Field(default=None)
    credit_id: UUID | None = Field(default=None)
    draws_policy: bool = Field(default=False)
    contract_id: UUID | None = Field(default=None)
    drawn_minutes: int
    stands_in_for: UUID | None = Field(default=None, foreign_key="mentor.id")
    reason: str = Field(default="", sa_type=Text)
    cancelled_by_side: str | None = Field(default=None, sa_type=Text)
    minutes: int | None = Field(default=None)
    outcome: str = Field(default="", sa_type=Text)
    mentor_confirmed_at: datetime | None = moment(nullable=True)
    mentor_confirmed_by: UUID | None = Field(default=None)
    startup_confirmed_at: datetime | None = moment(nullable=True)
    startup_confirmed_by: UUID | None = Field(default=None)
    settled_by: UUID | None = Field(default=None)
    settled_reason: str = Field(default="", sa_type=Text)
    locked_at: datetime | None = moment(nullable=True)
    told_at: datetime | None = moment(nullable=True)
    reminded_at: datetime | None = moment(nullable=True)
    room_lost_at: datetime | None = moment(nullable=True)
    created_at: datetime = moment(now=True)
    changed_at: datetime = moment(now=True)
    sequence: int = Field(default=0)


class MeetingNote(SQLModel, table=True):
    """What somebody wrote about a meeting for themself alone."""

    __tablename__ = "meeting_note"

    meeting_id: UUID = Field(foreign_key="meeting.id", primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", primary_key=True)
    text: str = Field(sa_type=Text)
    changed_at: datetime = moment(now=True)
