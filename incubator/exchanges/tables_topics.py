"""Topics that people ask for, who else would like them, and what became of them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment


class TopicRequest(SQLModel, table=True):
    """A topic that somebody asks a gmina (or the office) for. It is shown to all once a coordinator let it through
    (`open`), then turned into a session (`planned`), given to a named official to answer by a day (`assigned`),
    `answered`, or `declined` with the reason. `opened_at` is when it was let through; one that never was is seen by
    who asked and by who runs things there alone."""

    __tablename__ = "topic_request"
    __table_args__ = (
        CheckConstraint(
            "state IN ('new', 'open', 'planned', 'assigned', 'answered', 'declined')", name="topic_request_state"
        ),
        CheckConstraint("state IN ('new', 'declined') OR opened_at IS NOT NULL", name="topic_request_opened"),
        CheckConstraint("state <> 'planned' OR session_id IS NOT NULL", name="topic_request_planned"),
        CheckConstraint(
            "state <> 'assigned' OR (official_role <> '' AND answer_by IS NOT NULL)", name="topic_request_assigned"
        ),
        CheckConstraint("state <> 'declined' OR reason <> ''", name="topic_request_declined"),
        Index("topic_request_of_gmina", "gmina_id", "state"),
        Index("topic_request_of_session", "session_id", postgresql_where=text("session_id IS NOT NULL")),
        Index("topic_request_of_account", "account_id"),
        Index("topic_request_due", "answer_by", postgresql_where=text("state = 'assigned'")),
    )

    id: UUID = key()
    gmina_id: UUID | None = Field(default=None, foreign_key="gmina.id")
    account_id: UUID = Field(foreign_key="account.id")
    title: str = Field(sa_type=Text)
    about: str = Field(default="", sa_type=Text)
    state: str = Field(default="new", sa_type=Text)
    session_id: UUID | None = Field(default=None, foreign_key="session.id")
    official_name: str = Field(default="", sa_type=Text)
    official_role: str = Field(default="", sa_type=Text)
    answer_by: date | None = Field(default=None)
    opened_at: datetime | None = moment(nullable=True)
    reminded_at: datetime | None = moment(nullable=True)
    reason: str = Field(default="", sa_type=Text)
    created_at: datetime = moment(now=True)
    version: int = Field(default=1)


class TopicSupport(SQLModel, table=True):
    """Somebody else would like it too; they are told what became of it."""

    __tablename__ = "topic_support"

    topic_id: UUID = Field(foreign_key="topic_request.id", primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", primary_key=True, index=True)
    created_at: datetime = moment(now=True)


class TopicNote(SQLModel, table=True):
    """The answer to a topic, or what followed it; published on its page."""

    __tablename__ = "topic_note"
    __table_args__ = (
        CheckConstraint("kind IN ('answer', 'follow_up')", name="topic_note_kind"),
        Index("topic_note_of", "topic_id", "published_at"),
    )

    id: UUID = key()
    topic_id: UUID = Field(foreign_key="topic_request.id")
    kind: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    signed: str = Field(default="", sa_type=Text)
    author_id: UUID = Field(foreign_key="account.id")
    published_at: datetime = moment(now=True)
