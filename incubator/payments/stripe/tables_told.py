"""What Stripe does with a gmina's money by itself: disputes, and payouts to its bank."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment


class StripeDispute(SQLModel, table=True):
    """A payer's bank takes a payment back, or asks about it. `status` is Stripe's word, `state` what it means to us.
    `due_at` is until when Stripe takes evidence, where it takes any."""

    __tablename__ = "stripe_dispute"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'won', 'lost')", name="stripe_dispute_state"),
        CheckConstraint("amount > 0", name="stripe_dispute_amount"),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="stripe_dispute_ended"),
        UniqueConstraint("stripe_id", name="stripe_dispute_once"),
        Index("stripe_dispute_of_charge", "charge_id"),
        Index("stripe_dispute_of_gmina", "gmina_id", "opened_at", "id"),
        Index("stripe_dispute_open", "account", postgresql_where=text("state = 'open'")),
    )

    id: UUID = key()
    gmina_id: UUID = Field(foreign_key="gmina.id")
    account: str = Field(sa_type=Text)
    stripe_id: str = Field(sa_type=Text)
    checkout_id: UUID = Field(foreign_key="checkout.id", index=True)
    charge_id: UUID
    amount: int
    reason: str = Field(sa_type=Text)
    status: str = Field(sa_type=Text)
    state: str = Field(default="open", sa_type=Text)
    due_at: datetime | None = moment(nullable=True)
    opened_at: datetime = moment()
    ended_at: datetime | None = moment(nullable=True)


class StripeDisputeMove(SQLModel, table=True):
    """Money of a dispute that Stripe booked: taken (negative) or given back, and its fee. Each once."""

    __tablename__ = "stripe_dispute_move"
    __table_args__ = (UniqueConstraint("stripe_id", name="stripe_dispute_move_once"),)

    id: UUID = key()
    dispute_id: UUID = Field(foreign_key="stripe_dispute.id", index=True)
    stripe_id: str = Field(sa_type=Text)
    amount: int
    fee: int
    booked_at: datetime = moment()


class StripePayout(SQLModel, table=True):
    """Money that went from Stripe to the gmina's bank. `state`: on its way, there, or come back. `made_of` is what its
    transactions come to, once Stripe can say so; `error`, why it came back. What comes from the bank to Stripe is negative."""

    __tablename__ = "stripe_payout"
    __table_args__ = (
        CheckConstraint("state IN ('sent', 'paid', 'failed')", name="stripe_payout_state"),
        CheckConstraint("amount <> 0", name="stripe_payout_amount"),
        UniqueConstraint("stripe_id", name="stripe_payout_once"),
        Index("stripe_payout_of_gmina", "gmina_id", "sent_at", "id"),
        Index("stripe_payout_of_account", "account", "sent_at"),
    )

    id: UUID = key()
    gmina_id: UUID = Field(foreign_key="gmina.id")
    account: str = Field(sa_type=Text)
    stripe_id: str = Field(sa_type=Text)
    amount: int
    state: str = Field(default="sent", sa_type=Text)
    arrives_on: date
    sent_at: datetime = moment()
    ended_at: datetime | None = moment(nullable=True)
    made_of: int | None = Field(default=None)
    error: str = Field(default="", sa_type=Text)
