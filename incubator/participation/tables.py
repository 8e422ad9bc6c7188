"""Participations, their plans and milestones, meetings of the programme and who was there,
certificates, and what became of those who took part."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Computed,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB, Range
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment, period

LENGTH = "floor(EXTRACT(epoch FROM upper(period) - lower(period)) / 60)::integer"


class Participation(SQLModel, table=True):
    """An organisation, or a person planning one, in an edition: from admission to the end."""

    __tablename__ = "participation"
    __table_args__ = (
        CheckConstraint(
            "state IN ('admitted', 'active', 'graduated', 'withdrawn', 'removed')", name="participation_state"
        ),
        CheckConstraint(
            "(ended_on IS NOT NULL) = (state IN ('graduated', 'withdrawn', 'removed'))", name="participation_ended"
        ),
        CheckConstraint("state <> 'removed' OR reason <> ''", name="participation_removed_for_a_reason"),
        Index(
            "participation_once",
            "edition_id",
            text("coalesce(organisation_id, account_id)"),
            unique=True,
        ),
        Index("participation_of_organisation", "organisation_id"),
        Index("participation_of_account", "account_id"),
    )

    id: UUID = key()
    edition_id: UUID = Field(foreign_key="edition.id")
    application_id: UUID | None = Field(default=None, foreign_key="application.id", unique=True)
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    account_id: UUID = Field(foreign_key="account.id")
    state: str = Field(default="admitted", sa_type=Text)
    admitted_on: date
    agreement_number: str = Field(default="", sa_type=Text)
    agreement_on: date | None = Field(default=None)
    started_on: date | None = Field(default=None)
    ended_on: date | None = Field(default=None)
    reason: str = Field(default="", sa_type=Text)
    plan: str = Field(default="", sa_type=Text)
    created_at: datetime = moment(now=True)
    version: int = Field(default=1)


class EditionMilestone(SQLModel, table=True):
    """A milestone that everybody of the edition has; copied to each participation at admission."""

    __tablename__ = "edition_milestone"

    id: UUID = key()
    edition_id: UUID = Field(foreign_key="edition.id", index=True)
    name_pl: str = Field(sa_type=Text)
    name_en: str = Field(default="", sa_type=Text)
    due_on: date


class Milestone(SQLModel, table=True):
    """Something a participant is to reach by a day: they hand in evidence, and somebody accepts it."""

    __tablename__ = "milestone"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'handed_in', 'accepted', 'returned')", name="milestone_state"),
        CheckConstraint("(state = 'accepted') = (accepted_at IS NOT NULL)", name="milestone_accepted"),
        CheckConstraint("(accepted_at IS NULL) = (accepted_by IS NULL)", name="milestone_accepted_by"),
        Index("milestone_of_participation", "participation_id", "due_on"),
    )

    id: UUID = key()
    participation_id: UUID = Field(foreign_key="participation.id")
    template_id: UUID | None = Field(default=None, foreign_key="edition_milestone.id")
    name_pl: str = Field(sa_type=Text)
    name_en: str = Field(default="", sa_type=Text)
    due_on: date
    state: str = Field(default="open", sa_type=Text)
    evidence: str = Field(default="", sa_type=Text)
    evidence_url: str = Field(default="", sa_type=Text)
    note: str = Field(default="", sa_type=Text)
    handed_in_at: datetime | None = moment(nullable=True)
    handed_in_by: UUID | None = Field(default=None, foreign_key="account.id")
    accepted_at: datetime | None = moment(nullable=True)
    accepted_by: UUID | None = Field(default=None, foreign_key="account.id")
    version: int = Field(default=1)


class ProgrammeMeeting(SQLModel, table=True):
    """A meeting of an edition: workshop, check-up, demo day. Where it takes a room of ours, `booking_id`
    is the booking of it. `lasts_minutes` is how long it takes, for those who were there to be held to."""

    __tablename__ = "programme_meeting"
    __table_args__ = (
        CheckConstraint(
            "NOT isempty(period) AND NOT lower_inf(period) AND NOT upper_inf(period)", name="programme_meeting_bounded"
        ),
        UniqueConstraint("id", "lasts_minutes", name="programme_meeting_length"),
        Index("programme_meeting_of_edition", "edition_id", text("lower(period)")),
    )

    id: UUID = key()
    edition_id: UUID = Field(foreign_key="edition.id")
    name_pl: str = Field(sa_type=Text)
    name_en: str = Field(default="", sa_type=Text)
    period: Range[datetime] = period()
    lasts_minutes: int | None = Field(default=None, sa_column=Column(Integer, Computed(LENGTH, persisted=True)))
    place: str = Field(default="", sa_type=Text)
    booking_id: UUID | None = Field(default=None)
    required: bool = Field(default=True)
    cancelled_at: datetime | None = moment(nullable=True)
    version: int = Field(default=1)


class Attendance(SQLModel, table=True):
    """That somebody of a participant was at a meeting of the programme, for `minutes`. `evidence` says
    how it is known; a correction replaces a row and is in the history. `meeting_minutes` is the length of the
    meeting and follows it (by the foreign key), so that nobody is there for longer, whichever of both changes."""

    __tablename__ = "attendance"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 0 AND 1440", name="attendance_minutes"),
        CheckConstraint("minutes <= meeting_minutes", name="attendance_within_meeting"),
        ForeignKeyConstraint(
            ["programme_meeting_id", "meeting_minutes"],
            ["programme_meeting.id", "programme_meeting.lasts_minutes"],
            onupdate="CASCADE",
            name="attendance_of_meeting",
        ),
        CheckConstraint("evidence IN ('check_in', 'list', 'online_log', 'coordinator')", name="attendance_evidence"),
        UniqueConstraint(
            "programme_meeting_id",
            "participation_id",
            "account_id",
            name="attendance_once",
            postgresql_nulls_not_distinct=True,
        ),
        Index(
            "attendance_of_participation", "participation_id", postgresql_include=["programme_meeting_id", "minutes"]
        ),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
    programme_meeting_id: UUID
    participation_id: UUID = Field(foreign_key="participation.id")
    account_id: UUID | None = Field(default=None, foreign_key="account.id")
    minutes: int
    meeting_minutes: int
    evidence: str = Field(sa_type=Text)
    recorded_by: UUID = Field(foreign_key="account.id")
    recorded_at: datetime = moment(now=True)


class Certificate(SQLModel, table=True):
    """A certificate of participation: what it says is kept as it was said; `code` lets anybody check it.
    `required_percent` is the presence rule by which it was earned."""

    __tablename__ = "certificate"
    __table_args__ = (
        CheckConstraint("present_minutes BETWEEN 0 AND required_minutes", name="certificate_minutes"),
        CheckConstraint(
            "required_minutes > 0 AND present_minutes * 100 >= required_minutes * required_percent",
            name="certificate_earned",
        ),
        UniqueConstraint("edition_id", "number", name="certificate_number"),
        Index(
            "certificate_once",
            "participation_id",
            "account_id",
            unique=True,
            postgresql_where=text("revoked_at IS NULL"),
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: UUID = key()
    edition_id: UUID = Field(foreign_key="edition.id")
    participation_id: UUID = Field(foreign_key="participation.id")
    account_id: UUID | None = Field(default=None, foreign_key="account.id")
    number: int
    code: str = Field(sa_type=Text, unique=True)
    told: dict[str, Any] = Field(sa_type=JSONB, nullable=False)
    present_minutes: int
    required_minutes: int
    required_percent: int
    issued_by: UUID = Field(foreign_key="account.id")
    issued_at: datetime = moment(now=True)
    revoked_at: datetime | None = moment(nullable=True)
    revoked_reason: str = Field(default="", sa_type=Text)
