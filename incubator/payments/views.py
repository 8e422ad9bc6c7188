"""What is shown of charges, payments and refunds. Amounts are grosz."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from incubator.kernel.bank_number import spaced
from incubator.kernel.money import Amount
from incubator.payments.rules import title_of
from incubator.payments.states import ChargeState, LineState, Method, RefundState, Why
from incubator.payments.stripe.states import DisputeState


class Priced(Protocol):
    """What a charge is made of: a quote, as prices make it."""

    @property
    def gmina_id(self) -> UUID: ...
    @property
    def incubator_id(self) -> UUID: ...
    @property
    def amount(self) -> Amount: ...
    @property
    def deposit(self) -> int: ...
    @property
    def lines(self) -> "Sequence[PricedLine]": ...


class PricedLine(Protocol):
    @property
    def text_pl(self) -> str: ...
    @property
    def text_en(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeView:
    """`title` is what to write in a transfer. `owed` is what of it stands after what was given back or written
    off, `outstanding` what is still to come; negative, what came too much. With `lapses`, what it is for is
    given up when it is not paid by `due_at`. `dispute` says that the payer's bank disputes what was paid by card,
    and how the latest dispute stands."""

    id: UUID
    gmina_id: UUID
    gmina_name: str
    incubator_id: UUID
    incubator_name: str
    subject_kind: str
    subject_id: UUID
    quote_id: UUID
    account_id: UUID | None
    organisation_id: UUID | None
    payer: str
    text_pl: str
    text_en: str
    number: int
    net: int
    vat: int
    deposit: int
    paid: int
    refunded: int
    back_net: int
    back_vat: int
    written_off: int
    deposit_back: int
    deposit_kept: int
    deposit_reason: str
    deposit_settled_at: datetime | None
    owed: int
    outstanding: int
    state: ChargeState
    reason: str
    due_at: datetime
    lapses: bool
    reminders: int
    paid_at: datetime | None
    created_at: datetime
    version: int
    dispute: DisputeState | None

    @property
    def title(self) -> str:
        return title_of(self.number)

    @property
    def gross(self) -> int:
        return self.net + self.vat

    @property
    def kept(self) -> int:
        """What of the price stands after what was given back."""
        return self.gross - self.back_net - self.back_vat

    @property
    def total(self) -> int:
        """All that was asked for in the beginning."""
        return self.gross + self.deposit

    @property
    def deposit_held(self) -> int:
        """What of the deposit is neither given back nor kept."""
        return self.deposit - self.deposit_back - self.deposit_kept

    @property
    def surplus(self) -> int:
        """What came too much and has not gone back."""
        return max(-self.outstanding, 0)

    @property
    def to_pay(self) -> int:
        return max(self.outstanding, 0) if self.state == ChargeState.OPEN else 0

    @property
    def disputed(self) -> bool:
        """Nobody knows yet whose the money is."""
        return self.dispute is DisputeState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentView:
    id: UUID
    method: Method
    amount: int
    refunded: int
    received_on: date
    reference: str
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundView:
    id: UUID
    charge_id: UUID
    payment_id: UUID
    method: Method
    amount: int
    why: Why
    state: RefundState
    reference: str
    done_on: date | None
    created_at: datetime
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BankAccountView:
    """Where a gmina is paid from a day on."""

    id: UUID
    gmina_id: UUID
    iban: str
    holder: str
    nip: str
    valid_from: date

    @property
    def shown(self) -> str:
        """The number in groups, as banks print it."""
        return spaced(self.iban)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderDaysView:
    """From `valid_from` on who owes is reminded so many days before it is due, after, and after for the last time."""

    valid_from: date
    before_days: int
    late_days: int
    last_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderDaysEntered:
    """`by` is the name of who entered them, if an account did and is still here."""

    days: ReminderDaysView
    entered_at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BankLineView:
    id: UUID
    gmina_id: UUID
    booked_on: date
    amount: int
    used: int
    payer: str
    iban: str
    title: str
    state: LineState

    @property
    def left(self) -> int:
        return self.amount - self.used
