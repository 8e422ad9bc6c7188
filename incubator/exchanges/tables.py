"""Sessions of knowledge exchange: what, when, where, with whom, and how many may come."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, LargeBinary, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, Range
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment, period, texts

KINDS = "kind IN ('workshop', 'meetup', 'lecture', 'consultation', 'market', 'demo_day')"


class SessionSeries(SQLModel, table=True):
    """Sessions that were announced together: every `every_weeks` weeks on `weekdays` (1 Monday … 7 Sunday) from
    `first_day`. Each has its own registrations."""

    __tablename__ = "session_series"
    __table_args__ = (
        CheckConstraint("every_weeks BETWEEN 1 AND 52", name="session_series_every"),
        CheckConstraint("count BETWEEN 2 AND 60", name="session_series_count"),
    )

    id: UUID = key()
    gmina_id: UUID | None = Field(default=None, foreign_key="gmina.id")
    first_day: date
    every_weeks: int = Field(default=1)
    weekdays: list[int] = Field(sa_type=ARRAY(Integer), nullable=False)
    count: int
    created_at: datetime = moment(now=True)


class Session(SQLModel, table=True):
    """A session, held by a gmina (`gmina_id`) or, where it is empty, by the office of the metropolis.

    `mode` says where: `room` (of ours: `booking_id` is the booking that is part of it, docs/decisions/0013),
    `elsewhere` (`place`), `online` (`online_url`, told to who is registered), or `hybrid` (both). `minimum` is
    judged at `decide_at`: with fewer seats taken it is called off. Until `priority_until` seats are for people of
    the gmina or of `priority_edition_id`. A consultation names the official. `sequence` counts the changes that
    calendars and the registered must see; `room_asked_at`, when a gmina was asked for a room that it has not given yet;
    `room_lost_at`, when it was told that somebody called its room off, or did not give it."""

    __tablename__ = "session"
    __table_args__ = (
        CheckConstraint(KINDS, name="session_kind"),
        CheckConstraint("state IN ('draft', 'published', 'cancelled')", name="session_state"),
        CheckConstraint("mode IN ('room', 'elsewhere', 'online', 'hybrid')", name="session_mode"),
        CheckConstraint("language IN ('pl', 'en', 'uk')", name="session_language"),
        CheckConstraint(
            "NOT isempty(period) AND NOT lower_inf(period) AND NOT upper_inf(period)", name="session_bounded"
        ),
        CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="session_cancelled"),
        CheckConstraint("state <> 'published' OR published_at IS NOT NULL", name="session_published"),
        CheckConstraint("(minimum IS NULL) = (decide_at IS NULL)", name="session_decided"),
        CheckConstraint("minimum > 0", name="session_minimum"),
        CheckConstraint("decide_at <= lower(period)", name="session_decided_before"),
        CheckConstraint("closes_at <= upper(period)", name="session_closes"),
        CheckConstraint("offer_hours BETWEEN 1 AND 168", name="session_offer_hours"),
        CheckConstraint("presence_percent BETWEEN 1 AND 100", name="session_presence"),
        CheckConstraint(
            "priority_for IN ('nobody', 'gmina', 'edition') AND (priority_for = 'nobody') = (priority_until IS NULL)"
            " AND (priority_for = 'edition') = (priority_edition_id IS NOT NULL)"
            " AND (priority_for <> 'gmina' OR gmina_id IS NOT NULL)",
            name="session_priority",
        ),
        CheckConstraint("kind <> 'consultation' OR official_role <> ''", name="session_official"),
        CheckConstraint("(series_id IS NULL) = (occurrence IS NULL)", name="session_occurrence"),
        UniqueConstraint("series_id", "occurrence", name="session_occurrence_once"),
        Index("session_of_gmina", "gmina_id", text("lower(period)")),
        Index("session_ahead", text("lower(period)"), postgresql_where=text("state = 'published'")),
        Index(
            "session_to_decide",
            "decide_at",
            postgresql_where=text("state = 'published' AND decide_at IS NOT NULL AND decided_at IS NULL"),
        ),
    )

    id: UUID = key()
    gmina_id: UUID | None = Field(default=None, foreign_key="gmina.id")
    series_id: UUID | None = Field(default=None, foreign_key="session_series.id")
    occurrence: int | None = Field(default=None)
    edition_id: UUID | None = Field(default=None, foreign_key="edition.id", index=True)
    kind: str = Field(sa_type=Text)
    state: str = Field(default="draft", sa_type=Text)
    title_pl: str = Field(sa_type=Text)
    title_en: str = Field(default="", sa_type=Text)
    summary_pl: str = Field(default="", sa_type=Text)
    summary_en: str = Field(default="", sa_type=Text)
    about_pl: str = Field(default="", sa_type=Text)
    about_en: str = Field(default="", sa_type=Text)
    audience_pl: str = Field(default="", sa_type=Text)
    audience_en: str = Field(default="", sa_type=Text)
    terms_pl: str = Field(default="", sa_type=Text)
    terms_en: str = Field(default="", sa_type=Text)
    language: str = Field(default="pl", sa_type=Text)
    topics: list[str] = texts()
    period: Range[datetime] = period()
    mode: str = Field(sa_type=Text)
    booking_id: UUID | None = Field(default=None)
    place: str = Field(default="", sa_type=Text)
    online_url: str = Field(default="", sa_type=Text)
    step_free: bool | None = Field(default=None)
    induction_loop: bool | None = Field(default=None)
    accessible_wc: bool | None = Field(default=None)
    interpreter: bool | None = Field(default=None)
    access_note_pl: str = Field(default="", sa_type=Text)
    access_note_en: str = Field(default="", sa_type=Text)
    official_name: str = Field(default="", sa_type=Text)
    official_role: str = Field(default="", sa_type=Text)
    funder_marks: str = Field(default="", sa_type=Text)
    opens_at: datetime | None = moment(nullable=True)
    closes_at: datetime | None = moment(nullable=True)
    minimum: int | None = Field(default=None)
    decide_at: datetime | None = moment(nullable=True)
    decided_at: datetime | None = moment(nullable=True)
    priority_for: str = Field(default="nobody", sa_type=Text)
    priority_until: datetime | None = moment(nullable=True)
    priority_edition_id: UUID | None = Field(default=None, foreign_key="edition.id")
    offer_hours: int = Field(default=24)
    most_each: int = Field(default=5)
    draws_seats: bool = Field(default=False)
    checks_out: bool = Field(default=False)
    presence_percent: int | None = Field(default=None)
    published_at: datetime | None = moment(nullable=True)
    cancelled_at: datetime | None = moment(nullable=True)
    room_asked_at: datetime | None = moment(nullable=True)
    room_lost_at: datetime | None = moment(nullable=True)
    reason: str = Field(default="", sa_type=Text)
    created_by: UUID = Field(foreign_key="account.id")
    created_at: datetime = moment(now=True)
    changed_at: datetime = moment(now=True)
    sequence: int = Field(default=0)
    version: int = Field(default=1)


class SessionSeats(SQLModel, table=True):
    """How many seats there are (none: no limit) and how many are taken or offered. The check is the judge of
    the last seat. Beside the session, as it changes with each registration; `open` while the session is published,
    so that whoever takes a seat and whoever calls the session off meet at one row."""

    __tablename__ = "session_seats"
    __table_args__ = (
        CheckConstraint("capacity > 0", name="session_capacity"),
        CheckConstraint("taken >= 0", name="session_seats_not_negative"),
        CheckConstraint("taken <= capacity", name="session_not_overfull"),
        {"postgresql_with": {"fillfactor": "50"}},
    )

    session_id: UUID = Field(primary_key=True, foreign_key="session.id")
    capacity: int | None = Field(default=None)
    taken: int = Field(default=0)
    open: bool = Field(default=False)


class SessionSpeaker(SQLModel, table=True):
    """Who speaks: named by the organiser, perhaps a mentor of ours."""

    __tablename__ = "session_speaker"

    session_id: UUID = Field(foreign_key="session.id", primary_key=True)
    position: int = Field(primary_key=True)
    name: str = Field(sa_type=Text)
    role_pl: str = Field(default="", sa_type=Text)
    role_en: str = Field(default="", sa_type=Text)
    mentor_id: UUID | None = Field(default=None, foreign_key="mentor.id")


class SessionQuestion(SQLModel, table=True):
    """Something that is asked of each who registers."""

    __tablename__ = "session_question"
    __table_args__ = (
        UniqueConstraint("session_id", "position", name="session_question_position"),
        CheckConstraint("kind IN ('text', 'choice', 'yes_no')", name="session_question_kind"),
        CheckConstraint("kind <> 'choice' OR cardinality(choices_pl) >= 2", name="session_question_choices"),
    )

    id: UUID = key()
    session_id: UUID = Field(foreign_key="session.id")
    position: int
    kind: str = Field(sa_type=Text)
    text_pl: str = Field(sa_type=Text)
    text_en: str = Field(default="", sa_type=Text)
    choices_pl: list[str] = texts()
    choices_en: list[str] = texts()
    required: bool = Field(default=False)


class SessionStall(SQLModel, table=True):
    """A numbered place of a market day; it goes to one ticket at most."""

    __tablename__ = "session_stall"
    __table_args__ = (UniqueConstraint("session_id", "number", name="session_stall_number"),)

    id: UUID = key()
    session_id: UUID = Field(foreign_key="session.id")
    number: str = Field(sa_type=Text)
    about_pl: str = Field(default="", sa_type=Text)
    about_en: str = Field(default="", sa_type=Text)


class SessionMaterial(SQLModel, table=True):
    """What is given out: a link or a file (kept in the database, judged by its bytes), for everybody or for who was
    registered."""

    __tablename__ = "session_material"
    __table_args__ = (
        CheckConstraint("num_nonnulls(url, content) = 1", name="session_material_one"),
        CheckConstraint("octet_length(content) <= 10485760", name="session_material_size"),
        Index("session_material_of", "session_id"),
    )

    id: UUID = key()
    session_id: UUID = Field(foreign_key="session.id")
    title_pl: str = Field(sa_type=Text)
    title_en: str = Field(default="", sa_type=Text)
    url: str | None = Field(default=None, sa_type=Text)
    content: bytes | None = Field(default=None, sa_type=LargeBinary)
    media_type: str = Field(default="", sa_type=Text)
    file_name: str = Field(default="", sa_type=Text)
    public: bool = Field(default=True)
    added_by: UUID = Field(foreign_key="account.id")
    added_at: datetime = moment(now=True)


class SessionAnswer(SQLModel, table=True):
    """A question that was asked at a session and what was answered, published on its page."""

    __tablename__ = "session_answer"
    __table_args__ = (Index("session_answer_of", "session_id"),)

    id: UUID = key()
    session_id: UUID = Field(foreign_key="session.id")
    question: str = Field(sa_type=Text)
    answer: str = Field(sa_type=Text)
    answered_by: str = Field(default="", sa_type=Text)
    published_at: datetime = moment(now=True)
    author_id: UUID = Field(foreign_key="account.id")
