"""Who asked for the newsletter, its issues and what is in them, and which copy went where."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment, texts

LIVE = "state IN ('pending', 'confirmed')"


def _gminas() -> Any:
    return Field(
        default_factory=list,
        sa_type=ARRAY(PG_UUID(as_uuid=True)),
        nullable=False,
        sa_column_kwargs={"server_default": text("'{}'")},
    )


class NewsletterSubscription(SQLModel, table=True):
    """An address that asked for the newsletter. `gmina_ids` and `interests`: news of those alone; empty: of all.

    The proof of consent: which `words` they agreed to, when they asked and confirmed, `how` (a form, a program, or
    signed in). `confirm_hash`: the link that confirms. Once it ended the address may go, and the row stays for the
    counts of the issues that it got. `bounces` counts mails in a row that their server refused for good."""

    __tablename__ = "newsletter_subscription"
    __table_args__ = (
        CheckConstraint("state IN ('pending', 'confirmed', 'unsubscribed', 'bounced')", name="subscription_state"),
        CheckConstraint("locale IN ('pl', 'en')", name="subscription_locale"),
        CheckConstraint("how IN ('page', 'api', 'account')", name="subscription_how"),
        CheckConstraint("state <> 'confirmed' OR confirmed_at IS NOT NULL", name="subscription_proof"),
        CheckConstraint(f"email IS NOT NULL OR NOT ({LIVE})", name="subscription_address"),
        CheckConstraint("(state IN ('unsubscribed', 'bounced')) = (ended_at IS NOT NULL)", name="subscription_ended"),
        Index("subscription_once", text("lower(email)"), unique=True, postgresql_where=text(LIVE)),
        Index("subscription_of_address", text("lower(email)")),
        Index("subscription_confirm", "confirm_hash", unique=True),
        Index("subscription_confirmed", "id", postgresql_where=text("state = 'confirmed'")),
    )

    id: UUID = key()
    email: str | None = Field(default=None, sa_type=Text)
    locale: str = Field(default="pl", sa_type=Text)
    gmina_ids: list[UUID] = _gminas()
    interests: list[str] = texts()
    state: str = Field(default="pending", sa_type=Text)
    words: str = Field(sa_type=Text)
    how: str = Field(sa_type=Text)
    asked_at: datetime = moment(now=True)
    confirmed_at: datetime | None = moment(nullable=True)
    confirm_hash: bytes | None = Field(default=None, sa_type=LargeBinary)
    ended_at: datetime | None = moment(nullable=True)
    bounces: int = Field(default=0)
    version: int = Field(default=1)


class NewsletterIssue(SQLModel, table=True):
    """An issue of a gmina or, where `gmina_id` is empty, of the metropolis office. It goes to who chose one of
    `to_gmina_ids` (empty: all) and of `to_interests`. `queued_after` is how far the list of who gets it was written,
    `queued_at` when it was whole."""

    __tablename__ = "newsletter_issue"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'scheduled', 'sending', 'sent', 'withdrawn')", name="newsletter_state"),
        CheckConstraint("(state IN ('scheduled', 'sending', 'sent')) = (send_at IS NOT NULL)", name="newsletter_when"),
        CheckConstraint("(state IN ('sending', 'sent')) = (started_at IS NOT NULL)", name="newsletter_started"),
        CheckConstraint("(state = 'sent') = (finished_at IS NOT NULL)", name="newsletter_finished"),
        CheckConstraint(
            "gmina_id IS NULL OR to_gmina_ids = ARRAY[gmina_id]",
            name="newsletter_of_gmina",
        ),
        Index("newsletter_due", "send_at", postgresql_where=text("state IN ('scheduled', 'sending')")),
        Index("newsletter_archive", "started_at", "id", postgresql_where=text("started_at IS NOT NULL")),
        Index("newsletter_issue_of_gmina", "gmina_id", "created_at"),
    )

    id: UUID = key()
    gmina_id: UUID | None = Field(default=None, foreign_key="gmina.id")
    title_pl: str = Field(sa_type=Text)
    title_en: str = Field(default="", sa_type=Text)
    to_gmina_ids: list[UUID] = _gminas()
    to_interests: list[str] = texts()
    state: str = Field(default="draft", sa_type=Text)
    send_at: datetime | None = moment(nullable=True)
    started_at: datetime | None = moment(nullable=True)
    finished_at: datetime | None = moment(nullable=True)
    queued_after: UUID | None = Field(default=None)
    queued_at: datetime | None = moment(nullable=True)
    created_by: UUID = Field(foreign_key="account.id")
    created_at: datetime = moment(now=True)
    version: int = Field(default=1)


class NewsletterPart(SQLModel, table=True):
    """A part of an issue, in its place: a text in Markdown, a session, or a call (of an edition)."""

    __tablename__ = "newsletter_part"
    __table_args__ = (
        CheckConstraint(
            "num_nonnulls(session_id, edition_id) = CASE WHEN text_pl = '' THEN 1 ELSE 0 END",
            name="newsletter_part_one",
        ),
    )

    issue_id: UUID = Field(foreign_key="newsletter_issue.id", primary_key=True)
    position: int = Field(primary_key=True)
    text_pl: str = Field(default="", sa_type=Text)
    text_en: str = Field(default="", sa_type=Text)
    session_id: UUID | None = Field(default=None, foreign_key="session.id", index=True)
    edition_id: UUID | None = Field(default=None, foreign_key="edition.id", index=True)


class NewsletterLetter(SQLModel, table=True):
    """What went out, once in each language: the archive shows it, and every worker sends the same."""

    __tablename__ = "newsletter_letter"
    __table_args__ = (UniqueConstraint("issue_id", "locale", name="newsletter_letter_once"),)

    id: UUID = key()
    issue_id: UUID = Field(foreign_key="newsletter_issue.id")
    locale: str = Field(sa_type=Text)
    subject: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    html: str = Field(sa_type=Text)


class NewsletterDelivery(SQLModel, table=True):
    """One copy for one subscription: the primary key is why nobody gets two. `handing` is committed before the
    server gets it; what stays so, for its worker died, becomes `unknown` and is not sent again."""

    __tablename__ = "newsletter_delivery"
    __table_args__ = (
        CheckConstraint(
            "state IN ('waiting', 'handing', 'sent', 'failed', 'skipped', 'unknown')", name="delivery_state"
        ),
        Index("delivery_waiting", "issue_id", "next_at", "subscription_id", postgresql_where=text("state = 'waiting'")),
        Index("delivery_handing", "at", postgresql_where=text("state = 'handing'")),
        Index("delivery_to", "subscription_id"),
        {"postgresql_with": {"fillfactor": "70"}},
    )

    issue_id: UUID = Field(foreign_key="newsletter_issue.id", primary_key=True)
    subscription_id: UUID = Field(foreign_key="newsletter_subscription.id", primary_key=True)
    state: str = Field(default="waiting", sa_type=Text)
    tries: int = Field(default=0)
    next_at: datetime = moment()
    at: datetime | None = moment(nullable=True)
    bounced: bool = Field(default=False)
    error: str = Field(default="", sa_type=Text)


class NewsletterTrial(SQLModel, table=True):
    """A copy that somebody who writes an issue asked for, to see it as readers will; gone once it was sent."""

    __tablename__ = "newsletter_trial"

    id: UUID = key()
    issue_id: UUID = Field(foreign_key="newsletter_issue.id", index=True)
    account_id: UUID = Field(foreign_key="account.id")
    asked_at: datetime = moment(now=True)


class NewsletterPace(SQLModel, table=True):
    """When the next copy may go, of whatever issue and whichever worker: one row."""

    __tablename__ = "newsletter_pace"
    __table_args__ = (CheckConstraint("id = 1", name="newsletter_pace_one"),)

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    free_at: datetime = moment()
