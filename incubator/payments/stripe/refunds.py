"""Refunds, asked for as values."""

from dataclasses import dataclass
from uuid import UUID

import msgspec
from stripe.params import RefundListParams

from incubator.payments.stripe.client import Stripe
from incubator.payments.stripe.seen import RefundSeen


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundWish:
    """One refund to be made. `amount` is in grosz."""

    request_id: UUID
    attempt: int
    account: str
    payment_intent: str
    amount: int


async def create_refund(stripe: Stripe, wish: RefundWish) -> RefundSeen:
    """Makes it, or finds what was made under the same key. Raises NotNow, Unsure, Declined."""
    key = f"refund-{wish.request_id}-{wish.attempt}"
    made = await stripe.ask(
        lambda line: line.v1.refunds.create_async(
            {
                "payment_intent": wish.payment_intent,
                "amount": wish.amount,
                "metadata": {"refund": str(wish.request_id)},
            },
            {"stripe_account": wish.account, "idempotency_key": key},
        )
    )
    return msgspec.convert(made.to_dict(), RefundSeen)


async def retrieve_refund(stripe: Stripe, *, account: str, refund_id: str) -> RefundSeen:
    """Raises NotNow, Declined."""
    found = await stripe.ask(lambda line: line.v1.refunds.retrieve_async(refund_id, None, {"stripe_account": account}))
    return msgspec.convert(found.to_dict(), RefundSeen)


async def find_refund(stripe: Stripe, *, account: str, payment_intent: str, request_id: UUID) -> RefundSeen | None:
    """The refund that was made for a row though nobody heard of it, by its mark."""
    told: RefundListParams = {"payment_intent": payment_intent, "limit": 100}
    while True:
        found = await stripe.ask(lambda line: line.v1.refunds.list_async(told, {"stripe_account": account}))
        refunds = [msgspec.convert(one.to_dict(), RefundSeen) for one in found.data]
        for refund in refunds:
            if refund.request_id == request_id:
                return refund
        if not found.has_more:
            return None
        told["starting_after"] = refunds[-1].id
