"""What Stripe shows of its things, as far as we look: read alike from an answer and from an event."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from incubator.payments.stripe.states import (
    DISPUTE_OF_STRIPE,
    OF_STRIPE,
    PAYOUT_OF_STRIPE,
    DisputeState,
    Fact,
    PayoutState,
    RefundState,
)

OWN = frozenset({"payout", "payout_failure", "payout_cancel"})
"""Types of what is booked between Stripe and the gmina's own bank: nothing of what people paid."""


class SessionSeen(msgspec.Struct, frozen=True, kw_only=True):
    """A Checkout Session."""

    id: str
    status: str
    payment_status: str
    amount_total: int
    currency: str
    expires_at: int
    url: str | None = None
    client_reference_id: str | None = None
    payment_intent: str | None = None

    @property
    def checkout_id(self) -> UUID | None:
        """The row it was made for; None where it is none of ours."""
        return uuid_in(self.client_reference_id)

    def fact(self, *, declined: bool = False) -> Fact:
        """What it says. `declined`: that the bank said no after the session was complete, which the event
        tells and the session does not."""
        if self.payment_status == "paid":
            return Fact.PAID
        if self.status == "expired":
            return Fact.EXPIRED
        return Fact.DECLINED if declined else Fact.OPEN


class TransactionSeen(msgspec.Struct, frozen=True, kw_only=True):
    """A row of Stripe's books: what came or went, and what Stripe took for it."""

    id: str
    type: str
    amount: int
    fee: int
    currency: str
    created: int
    source: str | None = None
    reporting_category: str = ""

    @property
    def net(self) -> int:
        """What it moved on the account."""
        return self.amount - self.fee

    @property
    def of_dispute(self) -> bool:
        return self.reporting_category in {"dispute", "dispute_reversal"}


class MethodSeen(msgspec.Struct, frozen=True):
    type: str


class ChargeSeen(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    created: int
    payment_method_details: MethodSeen | None = None
    balance_transaction: TransactionSeen | str | None = None


class IntentSeen(msgspec.Struct, frozen=True, kw_only=True):
    """A PaymentIntent, its charge and what was booked for it with it."""

    id: str
    status: str
    latest_charge: ChargeSeen | None = None
    last_payment_error: dict[str, object] | None = None
    metadata: dict[str, str] = {}

    @property
    def checkout_id(self) -> UUID | None:
        """The row it was made for; None where it is none of ours."""
        return uuid_in(self.metadata.get("checkout"))


class RefundSeen(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    amount: int
    status: str
    created: int
    metadata: dict[str, str] = {}
    failure_reason: str | None = None

    @property
    def request_id(self) -> UUID | None:
        """The row it was made for; None where it was made by hand at Stripe."""
        return uuid_in(self.metadata.get("refund"))

    @property
    def state(self) -> RefundState:
        return OF_STRIPE[self.status]


class EvidenceSeen(msgspec.Struct, frozen=True):
    due_by: int | None = None


class DisputeSeen(msgspec.Struct, frozen=True, kw_only=True):
    """A dispute with what Stripe booked for it."""

    id: str
    status: str
    amount: int
    currency: str
    created: int
    reason: str = ""
    payment_intent: str | None = None
    balance_transactions: list[TransactionSeen] = []
    evidence_details: EvidenceSeen = EvidenceSeen()

    @property
    def state(self) -> DisputeState:
        return DISPUTE_OF_STRIPE.get(self.status, DisputeState.OPEN)

    @property
    def due_at(self) -> datetime | None:
        """Stripe says 0 where the bank takes no answer."""
        return moment_of(self.evidence_details.due_by) if self.evidence_details.due_by else None


class PayoutSeen(msgspec.Struct, frozen=True, kw_only=True):
    """A payout to the gmina's bank."""

    id: str
    status: str
    amount: int
    currency: str
    created: int
    arrival_date: int
    automatic: bool = True
    reconciliation_status: str = ""
    failure_message: str | None = None

    @property
    def state(self) -> PayoutState:
        return PAYOUT_OF_STRIPE[self.status]

    @property
    def can_be_compared(self) -> bool:
        """Stripe knows of which transactions it is made: of its own payouts, once all of them are counted."""
        return self.automatic and self.reconciliation_status == "completed"


class AccountSeen(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    charges_enabled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """How a checkout was paid. `fee` is None until Stripe has booked it."""

    charge: str
    method: str
    fee: int | None
    at: datetime


def payment_in(intent: IntentSeen) -> Payment | None:
    """None while the intent has no charge."""
    charge = intent.latest_charge
    if charge is None:
        return None
    booked, method = charge.balance_transaction, charge.payment_method_details
    return Payment(
        charge=charge.id,
        method=method.type if method else "card",
        fee=booked.fee if isinstance(booked, TransactionSeen) else None,
        at=moment_of(charge.created),
    )


def moment_of(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def uuid_in(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
