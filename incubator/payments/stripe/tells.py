"""What is told when a checkout or a refund comes to its end, to whom `features.py` says. Each is told once for
what it tells, in the transaction that wrote it down, so a listener may post and change rows of its own. The row of
the checkout is locked by then: who locks it and a charge elsewhere takes the checkout first."""

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from incubator.db.engine import Tx
from incubator.payments.stripe.states import DisputeState, PayoutState, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Begins:
    """Somebody is about to pay the charge by a checkout that is open `until` then. Told before the charge is locked, so
    that who listens may lock first what the charge is for."""

    charge_id: UUID
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """Money came: `amount` in grosz, by `method` (card, blik, p24). `fee` is None until Stripe has booked it;
    then `FeeKnown` follows. It can come for a charge that was paid otherwise meanwhile, or called off."""

    checkout_id: UUID
    charge_id: UUID
    amount: int
    fee: int | None
    method: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeKnown:
    """What Stripe took for a payment that was told before."""

    checkout_id: UUID
    charge_id: UUID
    fee: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """Nothing came, and nothing will by this checkout: `state` is expired or failed."""

    checkout_id: UUID
    charge_id: UUID
    state: State
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Refunded:
    """The bank has it. `refund_id` is the house's."""

    refund_id: UUID
    checkout_id: UUID
    amount: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundFailed:
    """It will not be given back by Stripe. It may have been told as `Refunded` before: `after_all`."""

    refund_id: UUID
    checkout_id: UUID
    amount: int
    reason: str
    after_all: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeMoved:
    """Stripe took money of a dispute (`amount` is negative) or gave it back, and took its `fee`; `state` is that of
    the dispute then."""

    move_id: UUID
    dispute_id: UUID
    charge_id: UUID
    state: DisputeState
    amount: int
    fee: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """A dispute was opened, won or lost: once for each. `due_at` is until when Stripe takes evidence.
    `new`: nobody heard of it before."""

    dispute_id: UUID
    charge_id: UUID
    state: DisputeState
    amount: int
    due_at: datetime | None
    new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidOut:
    """Money left Stripe for the gmina's bank (SENT), arrived there, or came back to Stripe: once for each."""

    payout_id: UUID
    gmina_id: UUID
    amount: int
    state: PayoutState
    before: PayoutState | None


class OnBegins(Protocol):
    def __call__(self, tx: Tx, *, told: Begins, now: datetime) -> Awaitable[object]: ...


class OnPaid(Protocol):
    def __call__(self, tx: Tx, *, told: Paid, now: datetime) -> Awaitable[object]: ...


class OnFee(Protocol):
    def __call__(self, tx: Tx, *, told: FeeKnown, now: datetime) -> Awaitable[object]: ...


class OnEnded(Protocol):
    def __call__(self, tx: Tx, *, told: Ended, now: datetime) -> Awaitable[object]: ...


class OnRefunded(Protocol):
    def __call__(self, tx: Tx, *, told: Refunded, now: datetime) -> Awaitable[object]: ...


class OnRefundFailed(Protocol):
    def __call__(self, tx: Tx, *, told: RefundFailed, now: datetime) -> Awaitable[object]: ...


class OnDisputeMoved(Protocol):
    def __call__(self, tx: Tx, *, told: DisputeMoved, now: datetime) -> Awaitable[object]: ...


class OnDisputed(Protocol):
    def __call__(self, tx: Tx, *, told: Disputed, now: datetime) -> Awaitable[object]: ...


class OnPaidOut(Protocol):
    def __call__(self, tx: Tx, *, told: PaidOut, now: datetime) -> Awaitable[object]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Listeners:
    """Who is told, in this order."""

    begins: tuple[OnBegins, ...] = ()
    paid: tuple[OnPaid, ...] = ()
    fee: tuple[OnFee, ...] = ()
    ended: tuple[OnEnded, ...] = ()
    refunded: tuple[OnRefunded, ...] = ()
    refund_failed: tuple[OnRefundFailed, ...] = ()
    dispute_moved: tuple[OnDisputeMoved, ...] = ()
    disputed: tuple[OnDisputed, ...] = ()
    paid_out: tuple[OnPaidOut, ...] = ()
