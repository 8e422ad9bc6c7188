"""What was asked of Stripe, what it said of itself, and where its books and ours differ."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment

LIVE = "state IN ('wanted', 'open')"


class StripeAccount(SQLModel, table=True):
    """The connected account of a gmina. It takes payments since `charges_since`; empty: not (yet, or any more)."""

    __tablename__ = "stripe_account"
    __table_args__ = (
        UniqueConstraint("account", name="stripe_account_of_one"),
        CheckConstraint("account ~ '^acct_[A-Za-z0-9]{1,60}$'", name="stripe_account_shape"),
    )

    gmina_id: UUID = Field(foreign_key="gmina.id", primary_key=True)
    account: str = Field(sa_type=Text)
    charges_since: datetime | None = moment(nullable=True)
    asked_at: datetime | None = moment(nullable=True)
    error: str = Field(default="", sa_type=Text)
    version: int = Field(default=1)


class Checkout(SQLModel, table=True):
    """One way offered to pay a charge: a session at Stripe, on `account`. `attempt` is part of the idempotency key:
    it grows only when it is certain that nothing was made under the last. `unwanted_at`: we want it ended.
    `ask_at`: when to ask Stripe should it say nothing; empty when there is nothing left to hear."""

    __tablename__ = "checkout"
    __table_args__ = (
        CheckConstraint("state IN ('wanted', 'open', 'paid', 'expired', 'failed')", name="checkout_state"),
        CheckConstraint("amount BETWEEN 200 AND 99999999", name="checkout_amount"),
        CheckConstraint("locale IN ('pl', 'en')", name="checkout_locale"),
        CheckConstraint("state <> 'open' OR session_id IS NOT NULL", name="checkout_open"),
        CheckConstraint(
            "(state = 'paid') = (num_nonnulls(paid_at, method, payment_intent, stripe_charge) = 4)",
            name="checkout_paid",
        ),
        Index("checkout_of_charge_at_a_time", "charge_id", unique=True, postgresql_where=text(LIVE)),
        Index("checkout_session", "session_id", unique=True),
        Index("checkout_intent", "payment_intent", unique=True),
        Index("checkout_stripe_charge", "stripe_charge", unique=True),
        Index("checkout_of_charge", "charge_id"),
        Index("checkout_of_account", "account_id"),
        Index("checkout_paid_on", "account", "paid_at", postgresql_where=text("state = 'paid'")),
        Index("checkout_to_ask", "ask_at", postgresql_where=text("ask_at IS NOT NULL")),
    )

    id: UUID = key()
    charge_id: UUID
    gmina_id: UUID = Field(foreign_key="gmina.id", index=True)
    account: str = Field(sa_type=Text)
    account_id: UUID = Field(foreign_key="account.id")
    amount: int
    text: str = Field(sa_type=Text)
    locale: str = Field(default="pl", sa_type=Text)
    email: str = Field(default="", sa_type=Text)
    back: str = Field(default="", sa_type=Text)
    state: str = Field(default="wanted", sa_type=Text)
    attempt: int = Field(default=1)
    session_id: str | None = Field(default=None, sa_type=Text)
    url: str | None = Field(default=None, sa_type=Text)
    payment_intent: str | None = Field(default=None, sa_type=Text)
    stripe_charge: str | None = Field(default=None, sa_type=Text)
    method: str | None = Field(default=None, sa_type=Text)
    fee: int | None = Field(default=None)
    error: str = Field(default="", sa_type=Text)
    wanted_at: datetime = moment(now=True)
    expires_at: datetime = moment()
    unwanted_at: datetime | None = moment(nullable=True)
    ask_at: datetime | None = moment(nullable=True)
    paid_at: datetime | None = moment(nullable=True)


class StripeRefund(SQLModel, table=True):
    """Money to be given back through Stripe: of which checkout, and for which `refund_id` of the house."""

    __tablename__ = "stripe_refund"
    __table_args__ = (
        CheckConstraint("state IN ('wanted', 'sent', 'done', 'failed')", name="stripe_refund_state"),
        CheckConstraint("amount > 0", name="stripe_refund_amount"),
        CheckConstraint("state NOT IN ('sent', 'done') OR stripe_id IS NOT NULL", name="stripe_refund_sent"),
        UniqueConstraint("refund_id", name="stripe_refund_once"),
        Index("stripe_refund_stripe_id", "stripe_id", unique=True),
        Index("stripe_refund_to_ask", "ask_at", postgresql_where=text("ask_at IS NOT NULL")),
    )

    id: UUID = key()
    refund_id: UUID
    checkout_id: UUID = Field(foreign_key="checkout.id", index=True)
    amount: int
    state: str = Field(default="wanted", sa_type=Text)
    attempt: int = Field(default=1)
    stripe_id: str | None = Field(default=None, sa_type=Text)
    error: str = Field(default="", sa_type=Text)
    wanted_at: datetime = moment(now=True)
    ask_at: datetime | None = moment(nullable=True)
    sent_at: datetime | None = moment(nullable=True)
    ended_at: datetime | None = moment(nullable=True)


class StripeEvent(SQLModel, table=True):
    """What Stripe told, once; without what it says of people. `error`: why it could not be worked, or what is
    strange about it."""

    __tablename__ = "stripe_event"
    __table_args__ = (
        UniqueConstraint("stripe_id", name="stripe_event_once"),
        Index("stripe_event_strange", "received_at", postgresql_where=text("error <> ''")),
        Index("stripe_event_received", "received_at"),
    )

    id: UUID = key()
    stripe_id: str = Field(sa_type=Text)
    account: str = Field(default="", sa_type=Text)
    type: str = Field(sa_type=Text)
    created: datetime = moment()
    body: dict[str, Any] = Field(sa_type=JSONB)
    received_at: datetime = moment(now=True)
    worked_at: datetime | None = moment(nullable=True)
    error: str = Field(default="", sa_type=Text)


class StripeDay(SQLModel, table=True):
    """A day of an account that is compared with Stripe's books, in Warsaw's time."""

    __tablename__ = "stripe_day"
    __table_args__ = (UniqueConstraint("account", "day", name="stripe_day_once"),)

    id: UUID = key()
    gmina_id: UUID = Field(foreign_key="gmina.id", index=True)
    account: str = Field(sa_type=Text)
    day: date
    wanted_at: datetime = moment(now=True)
    done_at: datetime | None = moment(nullable=True)
    error: str = Field(default="", sa_type=Text)


class StripeDifference(SQLModel, table=True):
    """One thing that Stripe's books and ours say differently, in grosz; empty: not there at all."""

    __tablename__ = "stripe_difference"
    __table_args__ = (
        CheckConstraint("kind IN ('only_there', 'only_here', 'amount', 'fee', 'other')", name="stripe_difference_kind"),
    )

    id: UUID = key()
    day_id: UUID = Field(foreign_key="stripe_day.id", index=True)
    kind: str = Field(sa_type=Text)
    what: str = Field(sa_type=Text)
    source: str = Field(sa_type=Text)
    theirs: int | None = Field(default=None)
    ours: int | None = Field(default=None)
