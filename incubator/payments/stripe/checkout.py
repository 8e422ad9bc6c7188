"""Checkout Sessions, asked for as values. A direct charge: money, fee, refund and dispute stay on the gmina's
own account."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from stripe.params.checkout import SessionCreateParams, SessionListParams

from incubator.payments.stripe.client import Stripe
from incubator.payments.stripe.seen import IntentSeen, SessionSeen

Locale = Literal["pl", "en"]
SKEW = 600
"""Seconds that our clock may be ahead of Stripe's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One session to be made. `amount` is in grosz; `attempt` counts keys, not requests. `text` is what the
    person reads on the page of Stripe."""

    checkout_id: UUID
    charge_id: UUID
    attempt: int
    account: str
    amount: int
    text: str
    locale: Locale
    email: str
    expires_at: datetime
    back: str


async def create_session(stripe: Stripe, wish: Wish) -> SessionSeen:
    """Makes it, or finds what was made under the same key. Raises NotNow, Unsure, Declined."""
    key = f"checkout-{wish.checkout_id}-{wish.attempt}"
    made = await stripe.ask(
        lambda line: line.v1.checkout.sessions.create_async(
            parameters(wish), {"stripe_account": wish.account, "idempotency_key": key}
        )
    )
    return msgspec.convert(made.to_dict(), SessionSeen)


def parameters(wish: Wish) -> SessionCreateParams:
    """The same wish gives the same parameters: an idempotency key stands for these, and no others."""
    marks = {"checkout": str(wish.checkout_id), "charge": str(wish.charge_id)}
    told: SessionCreateParams = {
        "mode": "payment",
        "client_reference_id": str(wish.checkout_id),
        "metadata": marks,
        "payment_intent_data": {"metadata": marks, "description": wish.text},
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": "pln",
                    "unit_amount": wish.amount,
                    "product_data": {"name": wish.text},
                },
            }
        ],
        "allowed_payment_method_types": ["card", "blik", "p24"],
        "expires_at": int(wish.expires_at.timestamp()),
        "locale": wish.locale,
        "success_url": f"{wish.back}?done=1",
        "cancel_url": wish.back,
    }
    if wish.email:
        told["customer_email"] = wish.email
    return told


async def retrieve_session(stripe: Stripe, *, account: str, session_id: str) -> SessionSeen:
    """Raises NotNow, Declined."""
    found = await stripe.ask(
        lambda line: line.v1.checkout.sessions.retrieve_async(session_id, None, {"stripe_account": account})
    )
    return msgspec.convert(found.to_dict(), SessionSeen)


async def find_session(stripe: Stripe, *, account: str, checkout_id: UUID, since: datetime) -> SessionSeen | None:
    """The session that was made for a row though nobody heard of it: by its mark, among those made `since`."""
    told: SessionListParams = {"created": {"gte": int(since.timestamp()) - SKEW}, "limit": 100}
    while True:
        found = await stripe.ask(lambda line: line.v1.checkout.sessions.list_async(told, {"stripe_account": account}))
        sessions = [msgspec.convert(one.to_dict(), SessionSeen) for one in found.data]
        for session in sessions:
            if session.checkout_id == checkout_id:
                return session
        if not found.has_more:
            return None
        told["starting_after"] = sessions[-1].id


async def expire_session(stripe: Stripe, *, account: str, session_id: str) -> SessionSeen:
    """Ends it before its time. Raises NotNow, and Declined where it is not open any more."""
    ended = await stripe.ask(
        lambda line: line.v1.checkout.sessions.expire_async(session_id, None, {"stripe_account": account})
    )
    return msgspec.convert(ended.to_dict(), SessionSeen)


async def retrieve_intent(stripe: Stripe, *, account: str, intent_id: str) -> IntentSeen:
    """With its charge and what was booked for it. Raises NotNow, Declined."""
    found = await stripe.ask(
        lambda line: line.v1.payment_intents.retrieve_async(
            intent_id, {"expand": ["latest_charge.balance_transaction"]}, {"stripe_account": account}
        )
    )
    return msgspec.convert(found.to_dict(), IntentSeen)
