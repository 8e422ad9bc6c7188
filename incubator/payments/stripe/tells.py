"""What is told when a checkout or a refund comes to its end, to whom `features.py` says. Each is told once for
what it tells, in the transaction that wrote it down, so a listener may post and change rows of its own. The row of
the checkout is locked by then: who locks it and a charge elsewhere takes the checkout first."""

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from incubator.db.engine import Tx
from incubator.payments.stripe.states import State


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Listeners:
    """Who is told, in this order."""

    begins: tuple[OnBegins, ...] = ()
    paid: tuple[OnPaid, ...] = ()
    fee: tuple[OnFee, ...] = ()
    ended: tuple[OnEnded, ...] = ()
    refunded: tuple[OnRefunded, ...] = ()
    refund_failed: tuple[OnRefundFailed, ...] = ()
