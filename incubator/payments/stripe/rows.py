"""A checkout and a refund as the jobs read them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Database, Tx, statement
from incubator.payments.stripe.states import RefundState, State

CHECKOUT = """
SELECT id, charge_id, account, amount, text, locale, email, back, state, attempt, session_id, payment_intent, fee,
    wanted_at, expires_at, unwanted_at
FROM checkout WHERE id = $1
"""
REFUND = """
SELECT stripe_refund.id, refund_id, checkout_id, stripe_refund.amount, stripe_refund.state, stripe_refund.attempt,
    stripe_id, account, payment_intent, stripe_refund.wanted_at
FROM stripe_refund JOIN checkout ON checkout.id = checkout_id WHERE stripe_refund.id = $1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutRow:
    id: UUID
    charge_id: UUID
    account: str
    amount: int
    text: str
    locale: str
    email: str
    back: str
    state: State
    attempt: int
    session_id: str | None
    payment_intent: str | None
    fee: int | None
    wanted_at: datetime
    expires_at: datetime
    unwanted_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundRow:
    id: UUID
    refund_id: UUID
    checkout_id: UUID
    amount: int
    state: RefundState
    attempt: int
    stripe_id: str | None
    account: str
    payment_intent: str | None
    wanted_at: datetime


async def read_checkout(db: Database, checkout_id: UUID) -> CheckoutRow:
    """As it is now, unlocked: for what is asked outside of a transaction."""
    async with statement(db) as tx:
        return _checkout(await tx.fetchrow(CHECKOUT, checkout_id))


async def lock_checkout(tx: Tx, checkout_id: UUID) -> CheckoutRow:
    return _checkout(await tx.fetchrow(f"{CHECKOUT} FOR UPDATE", checkout_id))


async def read_refund(db: Database, request_id: UUID) -> RefundRow:
    async with statement(db) as tx:
        return _refund(await tx.fetchrow(REFUND, request_id))


async def lock_refund(tx: Tx, request_id: UUID) -> RefundRow:
    return _refund(await tx.fetchrow(f"{REFUND} FOR UPDATE OF stripe_refund", request_id))


def _checkout(row: asyncpg.Record | None) -> CheckoutRow:
    assert row is not None, "rows of payments are never taken away"
    return CheckoutRow(**{**row, "state": State(row["state"])})


def _refund(row: asyncpg.Record | None) -> RefundRow:
    assert row is not None, "rows of payments are never taken away"
    return RefundRow(**{**row, "state": RefundState(row["state"])})
