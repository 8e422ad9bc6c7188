"""What is owed and how it was paid. Triggers keep what adds up: `charge.paid` and `charge.refunded` are the sums
of payments and refunds and nobody else writes them (`charge_is_kept`), so that a check can say that no more goes
back than came, whoever asks at once."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Computed,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
)
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment

OWED = "net + vat + deposit - back_net - back_vat - written_off - deposit_back"


class ChargeCounter(SQLModel, table=True):
    """The last number that a gmina gave to a charge."""

    __tablename__ = "charge_counter"

    gmina_id: UUID = Field(foreign_key="gmina.id", primary_key=True)
    last: int


class Charge(SQLModel, table=True):
    """Something owed by a person or an organisation (then `account_id` is who did it). `number` is the title of
    its transfer. `owed` is what of it stands: without what a cancellation gave back (`back_net`, `back_vat`),
    what was written off, and what of the deposit is no longer asked for (`deposit_back`). `outstanding` is what
    is still to come; negative, what came too much. `deposit_kept` is the part that stays with the gmina.
    With `lapses`, what it is for is given up when it is not paid in time.
    `payer` is the name at the time, kept as long as the law asks. `earns` is the account of the ledger that the net
    price stands on: income, or what was paid ahead. Grosz everywhere."""

    __tablename__ = "charge"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'paid', 'cancelled', 'written_off')", name="charge_state"),
        CheckConstraint("earns IN ('revenue', 'prepaid')", name="charge_earns"),
        CheckConstraint("net >= 0 AND vat >= 0 AND deposit >= 0 AND net + vat + deposit > 0", name="charge_something"),
        CheckConstraint("back_net BETWEEN 0 AND net AND back_vat BETWEEN 0 AND vat", name="charge_back"),
        CheckConstraint(
            "written_off >= 0 AND written_off <= net + vat - back_net - back_vat", name="charge_written_off"
        ),
        CheckConstraint(
            "deposit_back >= 0 AND deposit_kept >= 0 AND deposit_back + deposit_kept <= deposit", name="charge_deposit"
        ),
        CheckConstraint("refunded BETWEEN 0 AND paid", name="charge_refunds_within_payments"),
        CheckConstraint(f"state <> 'paid' OR {OWED} - paid + refunded <= 0", name="charge_paid"),
        CheckConstraint("(deposit_settled_at IS NULL) OR deposit_back + deposit_kept = deposit", name="charge_settled"),
        CheckConstraint("(deposit_kept > 0) = (deposit_reason <> '')", name="charge_deposit_reason"),
        CheckConstraint("num_nonnulls(account_id, organisation_id) > 0", name="charge_party"),
        CheckConstraint("reminders BETWEEN 0 AND 3", name="charge_reminders"),
        UniqueConstraint("gmina_id", "number", name="charge_number"),
        UniqueConstraint("subject_kind", "subject_id", "quote_id", name="charge_once"),
        UniqueConstraint("gmina_id", "id", name="charge_of_gmina"),
        Index("charge_by_state", "gmina_id", "state", "due_at", "id"),
        Index("charge_due", "due_at", postgresql_where=text("state = 'open'")),
        Index("charge_of_account", "account_id", "id"),
        Index("charge_of_organisation", "organisation_id", "id", postgresql_where=text("organisation_id IS NOT NULL")),
    )

    id: UUID = key()
    gmina_id: UUID = Field(foreign_key="gmina.id")
    incubator_id: UUID = Field(foreign_key="incubator.id")
    subject_kind: str = Field(sa_type=Text)
    subject_id: UUID
    quote_id: UUID
    account_id: UUID | None = Field(default=None, foreign_key="account.id")
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    payer: str = Field(default="", sa_type=Text)
    text_pl: str = Field(default="", sa_type=Text)
    text_en: str = Field(default="", sa_type=Text)
    number: int
    earns: str = Field(default="revenue", sa_type=Text, sa_column_kwargs={"server_default": "revenue"})
    net: int = Field(sa_type=BigInteger)
    vat: int = Field(sa_type=BigInteger)
    deposit: int = Field(default=0, sa_type=BigInteger)
    paid: int = Field(default=0, sa_type=BigInteger)
    refunded: int = Field(default=0, sa_type=BigInteger)
    back_net: int = Field(default=0, sa_type=BigInteger)
    back_vat: int = Field(default=0, sa_type=BigInteger)
    written_off: int = Field(default=0, sa_type=BigInteger)
    deposit_back: int = Field(default=0, sa_type=BigInteger)
    deposit_kept: int = Field(default=0, sa_type=BigInteger)
    deposit_reason: str = Field(default="", sa_type=Text)
    deposit_settled_at: datetime | None = moment(nullable=True)
    owed: int = Field(default=None, sa_column=Column(BigInteger, Computed(OWED, persisted=True), nullable=True))
    outstanding: int = Field(
        default=None, sa_column=Column(BigInteger, Computed(f"{OWED} - paid + refunded", persisted=True), nullable=True)
    )
    state: str = Field(default="open", sa_type=Text)
    reason: str = Field(default="", sa_type=Text)
    due_at: datetime = moment()
    lapses: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    reminders: int = Field(default=0)
    paid_at: datetime | None = moment(nullable=True)
    told_paid_at: datetime | None = moment(nullable=True)
    told_overdue_at: datetime | None = moment(nullable=True)
    created_at: datetime = moment(now=True)
    version: int = Field(default=1)


class Payment(SQLModel, table=True):
    """Money that came for a charge. It is never changed; one that was matched to the wrong charge is withdrawn."""

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint("amount > 0", name="payment_amount"),
        CheckConstraint("method IN ('transfer', 'card', 'blik', 'p24', 'credit')", name="payment_method"),
        CheckConstraint("bank_line_id IS NULL OR method = 'transfer'", name="payment_of_line"),
        UniqueConstraint("charge_id", "id", name="payment_of_charge_once"),
        ForeignKeyConstraint(["gmina_id", "charge_id"], ["charge.gmina_id", "charge.id"], name="payment_of_charge"),
        ForeignKeyConstraint(
            ["gmina_id", "bank_line_id"], ["bank_line.gmina_id", "bank_line.id"], name="payment_of_bank_line"
        ),
        Index("payment_by_charge", "charge_id"),
        Index("payment_by_line", "bank_line_id", postgresql_where=text("bank_line_id IS NOT NULL")),
        Index(
            "payment_reference_once",
            "reference",
            unique=True,
            postgresql_where=text("method IN ('card', 'blik', 'p24') AND reference <> ''"),
        ),
    )

    id: UUID = key()
    gmina_id: UUID
    charge_id: UUID
    bank_line_id: UUID | None = Field(default=None)
    method: str = Field(sa_type=Text)
    amount: int = Field(sa_type=BigInteger)
    received_on: date
    reference: str = Field(default="", sa_type=Text)
    by_id: UUID | None = Field(default=None, foreign_key="account.id")
    created_at: datetime = moment(now=True)
    withdrawn_at: datetime | None = moment(nullable=True)
    withdrawn_by_id: UUID | None = Field(default=None, foreign_key="account.id")


class Refund(SQLModel, table=True):
    """Money that goes back, by the way it came: of one payment. It counts from the moment it is decided on."""

    __tablename__ = "refund"
    __table_args__ = (
        CheckConstraint("amount > 0", name="refund_amount"),
        CheckConstraint("method IN ('transfer', 'card', 'blik', 'p24', 'credit')", name="refund_method"),
        CheckConstraint("state IN ('due', 'sent', 'done')", name="refund_state"),
        CheckConstraint("why IN ('cancelled', 'deposit', 'overpaid')", name="refund_why"),
        CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="refund_done"),
        ForeignKeyConstraint(["gmina_id", "charge_id"], ["charge.gmina_id", "charge.id"], name="refund_of_charge"),
        ForeignKeyConstraint(
            ["charge_id", "payment_id"], ["payment.charge_id", "payment.id"], name="refund_of_payment"
        ),
        Index("refund_by_charge", "charge_id"),
        Index("refund_by_payment", "payment_id"),
        Index("refund_due", "gmina_id", "created_at", "id", postgresql_where=text("state <> 'done'")),
    )

    id: UUID = key()
    gmina_id: UUID
    charge_id: UUID
    payment_id: UUID
    method: str = Field(sa_type=Text)
    amount: int = Field(sa_type=BigInteger)
    why: str = Field(sa_type=Text)
    state: str = Field(default="due", sa_type=Text)
    reference: str = Field(default="", sa_type=Text)
    done_on: date | None = Field(default=None)
    by_id: UUID | None = Field(default=None, foreign_key="account.id")
    created_at: datetime = moment(now=True)
    version: int = Field(default=1)


class ReminderDays(SQLModel, table=True):
    """When who owes is reminded, from `valid_from` on and until a later row: `before_days` before it is due (not who was
    asked less than two days before that), `late_days` after, and `last_days` after for the last time."""

    __tablename__ = "reminder_days"
    __table_args__ = (
        CheckConstraint("before_days BETWEEN 1 AND 60 AND late_days BETWEEN 1 AND 180", name="reminder_days_some"),
        CheckConstraint("last_days > late_days AND last_days <= 365", name="reminder_days_follow"),
    )

    valid_from: date = Field(primary_key=True)
    before_days: int
    late_days: int
    last_days: int
    entered_by: UUID | None = Field(default=None, foreign_key="account.id")
    entered_at: datetime = moment(now=True)
