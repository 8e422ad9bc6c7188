"""Registrations, their tickets, what was answered, and what was given out afterwards."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment


class Registration(SQLModel, table=True):
    """Somebody wants `seats` seats of a session, with an account or by mail address alone.

    `registered` has them; `offered` has them until `offered_until`, to be confirmed (who came without an account
    confirms the address in this way, who waited confirms the offer); `waiting` stands in line, those with
    `priority` first; `cancelled`, `lapsed` and `turned_away` (the session was called off) are over. `told` is the
    sequence of the session that they were told of. A `walk_in` was noted at the door: it stands beside the count of seats, for whoever is in the room is not sent out by a number.
    Its links (web/links.py) serve who has no account.

    No foreign key to the session, which hundreds point at in one moment (docs/decisions/0010): the row of its
    seats, changed by the same statement, proves it. Sessions are never deleted."""

    __tablename__ = "registration"
    __table_args__ = (
        CheckConstraint(
            "state IN ('waiting', 'offered', 'registered', 'cancelled', 'lapsed', 'turned_away')",
            name="registration_state",
        ),
        CheckConstraint("(state = 'offered') = (offered_until IS NOT NULL)", name="registration_offered"),
        CheckConstraint("seats BETWEEN 1 AND 20", name="registration_seats"),
        CheckConstraint("NOT walk_in OR state IN ('registered', 'cancelled')", name="registration_walk_in"),
        Index(
            "registration_once",
            "session_id",
            text("lower(email)"),
            unique=True,
            postgresql_where=text("state IN ('waiting', 'offered', 'registered') AND email <> ''"),
        ),
        Index(
            "registration_line",
            "session_id",
            text("priority DESC"),
            "created_at",
            "id",
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("registration_of_session", "session_id"),
        Index("registration_untold", "id", postgresql_where=text("state = 'registered' AND told < 0 AND NOT walk_in")),
        Index("registration_lapsing", "offered_until", postgresql_where=text("state = 'offered'")),
        Index("registration_of_account", "account_id", postgresql_where=text("account_id IS NOT NULL")),
        Index("registration_of_organisation", "organisation_id", postgresql_where=text("organisation_id IS NOT NULL")),
    )

    id: UUID = key()
    session_id: UUID
    account_id: UUID | None = Field(default=None, foreign_key="account.id")
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    name: str = Field(sa_type=Text)
    email: str = Field(sa_type=Text)
    locale: str = Field(default="pl", sa_type=Text)
    gmina_id: UUID | None = Field(default=None)
    state: str = Field(sa_type=Text)
    seats: int
    walk_in: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    priority: bool = Field(default=False)
    offered_until: datetime | None = moment(nullable=True)
    credit_id: UUID | None = Field(default=None)
    told: int = Field(default=0)
    terms_accepted_at: datetime = moment(now=True)
    created_at: datetime = moment(now=True)
    changed_at: datetime = moment(now=True)
    version: int = Field(default=1)


class Ticket(SQLModel, table=True):
    """A seat of a registration, in somebody's name; at a market day with a stall, which it has while it is `live`. Who
    waits says with `stall_wish` that they would like `this` stall, one `like` it, or `any`; a wish holds nothing.
    `code` is in its QR code. Times of the door are those of the device, `minutes` is what counts as attended."""

    __tablename__ = "ticket"
    __table_args__ = (
        CheckConstraint("checked_out_at IS NULL OR checked_in_at IS NOT NULL", name="ticket_out_after_in"),
        CheckConstraint("checked_out_at >= checked_in_at", name="ticket_times"),
        CheckConstraint("minutes BETWEEN 0 AND 10080", name="ticket_minutes"),
        CheckConstraint("evidence IN ('', 'scan', 'name', 'walk_in', 'list', 'online_log')", name="ticket_evidence"),
        Index("ticket_of_registration", "registration_id"),
        Index("ticket_of_session", "session_id"),
        CheckConstraint("stall_id IS NULL OR live", name="ticket_stall_live"),
        CheckConstraint("stall_wish IN ('', 'this', 'like', 'any')", name="ticket_stall_wish"),
        CheckConstraint("wished_stall_id IS NULL OR stall_wish IN ('this', 'like')", name="ticket_wished_stall"),
        Index("ticket_stall_once", "stall_id", unique=True, postgresql_where=text("stall_id IS NOT NULL")),
        Index("ticket_wishes", "wished_stall_id", postgresql_where=text("wished_stall_id IS NOT NULL")),
    )

    id: UUID = key()
    registration_id: UUID = Field(foreign_key="registration.id")
    session_id: UUID
    name: str = Field(sa_type=Text)
    email: str = Field(default="", sa_type=Text)
    stall_id: UUID | None = Field(default=None, foreign_key="session_stall.id")
    stall_wish: str = Field(default="", sa_type=Text, sa_column_kwargs={"server_default": ""})
    wished_stall_id: UUID | None = Field(default=None, foreign_key="session_stall.id", ondelete="SET NULL")
    live: bool = Field(default=True)
    code: str = Field(sa_type=Text, unique=True)
    checked_in_at: datetime | None = moment(nullable=True)
    checked_out_at: datetime | None = moment(nullable=True)
    minutes: int | None = Field(default=None)
    evidence: str = Field(default="", sa_type=Text)
    recorded_by: UUID | None = Field(default=None, foreign_key="account.id")


class DoorEvent(SQLModel, table=True):
    """What was seen at the door, under the identifier that the tablet gave it: handed in twice, it counts once.
    `at` is the tablet's clock. The ticket holds what follows from them."""

    __tablename__ = "door_event"
    __table_args__ = (
        CheckConstraint("kind IN ('in', 'out', 'undo', 'walk_in')", name="door_event_kind"),
        Index("door_event_of_ticket", "ticket_id"),
    )

    id: UUID = Field(primary_key=True)
    session_id: UUID
    ticket_id: UUID = Field(foreign_key="ticket.id")
    kind: str = Field(sa_type=Text)
    at: datetime = moment()
    recorded_by: UUID = Field(foreign_key="account.id")
    recorded_at: datetime = moment(now=True)


class RegistrationAnswer(SQLModel, table=True):
    """What was answered to one of the session's own questions."""

    __tablename__ = "registration_answer"

    registration_id: UUID = Field(foreign_key="registration.id", primary_key=True)
    question_id: UUID = Field(foreign_key="session_question.id", primary_key=True)
    value: str = Field(sa_type=Text)


class SessionSurvey(SQLModel, table=True):
    """What somebody thought of a session, asked once by a link and kept without their name."""

    __tablename__ = "session_survey"
    __table_args__ = (
        CheckConstraint("rating BETWEEN 1 AND 5", name="session_survey_rating"),
        CheckConstraint("usefulness BETWEEN 1 AND 5", name="session_survey_usefulness"),
        Index("session_survey_of", "session_id"),
    )

    id: UUID = key()
    session_id: UUID = Field(foreign_key="session.id")
    rating: int
    usefulness: int
    comment: str = Field(default="", sa_type=Text)
    wishes: str = Field(default="", sa_type=Text)


class SurveyAsked(SQLModel, table=True):
    """That a ticket was asked what its bearer thought, and whether they answered: never what."""

    __tablename__ = "survey_asked"

    ticket_id: UUID = Field(foreign_key="ticket.id", primary_key=True)
    asked_at: datetime = moment(now=True)
    answered: bool = Field(default=False)


class SessionCertificate(SQLModel, table=True):
    """That somebody was at a session for so long: kept as it was said; `code` lets anybody check it."""

    __tablename__ = "session_certificate"
    __table_args__ = (
        UniqueConstraint("session_id", "number", name="session_certificate_number"),
        Index("session_certificate_once", "ticket_id", unique=True, postgresql_where=text("revoked_at IS NULL")),
    )

    id: UUID = key()
    session_id: UUID = Field(foreign_key="session.id")
    ticket_id: UUID = Field(foreign_key="ticket.id")
    number: int
    code: str = Field(sa_type=Text, unique=True)
    told: dict[str, Any] = Field(sa_type=JSONB, nullable=False)
    issued_by: UUID = Field(foreign_key="account.id")
    issued_at: datetime = moment(now=True)
    revoked_at: datetime | None = moment(nullable=True)
    revoked_reason: str = Field(default="", sa_type=Text)
