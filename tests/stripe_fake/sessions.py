"""Checkout Sessions: open → complete | expired."""

import secrets
from typing import Any

from tests.stripe_fake.accounts import account_of
from tests.stripe_fake.happenings import happened
from tests.stripe_fake.store import Store, Thing
from tests.stripe_fake.wrong import Wrong, missing

SHORTEST, LONGEST = 30 * 60, 24 * 60 * 60


def create_session(store: Store, account: str, told: dict[str, Any]) -> Thing:
    owner = account_of(store, account)
    if not owner["charges_enabled"]:
        raise Wrong("Your account cannot currently make charges.", kept=True)
    expires_at = told.get("expires_at", store.now + LONGEST)
    _check(told, expires_at, owner, store.now)
    amount = sum(line["price_data"]["unit_amount"] * line["quantity"] for line in told["line_items"])
    if amount < 200:
        raise Wrong("The Checkout Session's total amount must convert to at least 50 cents.", code="amount_too_small")
    key = secrets.token_hex(8)
    return store.put(
        account,
        "checkout.session",
        "cs_test",
        mode="payment",
        ui_mode="hosted",
        status="open",
        payment_status="unpaid",
        amount_subtotal=amount,
        amount_total=amount,
        currency=told["line_items"][0]["price_data"]["currency"],
        client_reference_id=told.get("client_reference_id"),
        customer_email=told.get("customer_email"),
        customer_details=None,
        expires_at=expires_at,
        locale=told.get("locale"),
        metadata=told.get("metadata") or {},
        payment_intent=None,
        allowed_payment_method_types=told.get("allowed_payment_method_types"),
        payment_method_types=told.get("allowed_payment_method_types", ["card"]),
        success_url=told["success_url"],
        cancel_url=told.get("cancel_url"),
        url=f"https://checkout.stripe.com/c/pay/{key}",
        intent_data=told.get("payment_intent_data") or {},
    )


def _check(told: dict[str, Any], expires_at: int, owner: Thing, now: int) -> None:
    if "success_url" not in told:
        raise Wrong("Missing required param: success_url.", code="parameter_missing", param="success_url")
    if told.get("mode") != "payment" or not told.get("line_items"):
        raise Wrong("Missing required param: line_items.", code="parameter_missing", param="line_items")
    if not now + SHORTEST <= expires_at <= now + LONGEST:
        said = "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation."
        raise Wrong(said, param="expires_at")
    for n, line in enumerate(told["line_items"]):
        if "price_data" not in line or "unit_amount" not in line["price_data"] or "quantity" not in line:
            raise Wrong("Missing required param", code="parameter_missing", param=f"line_items[{n}]")
    for method in told.get("allowed_payment_method_types", []):
        if owner["capabilities"].get(f"{method}_payments") != "active":
            said = f"The payment method type provided: {method} is invalid. Please ensure it is activated."
            raise Wrong(said, param="allowed_payment_method_types")
    text = told.get("client_reference_id", "")
    if len(text) > 200:
        raise Wrong("Invalid string: client_reference_id must be at most 200 characters", param="client_reference_id")


def retrieve_session(store: Store, account: str, _told: dict[str, Any], key: str) -> Thing:
    found = store.find(account, "checkout.session", key)
    if found is None:
        raise missing("checkout.session", key)
    return found


def expire_session(store: Store, account: str, _told: dict[str, Any], key: str) -> Thing:
    session = retrieve_session(store, account, {}, key)
    if session["status"] != "open":
        said = f'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of `{session["status"]}`.'
        raise Wrong(said, kept=True)
    return end(store, account, session)


def end(store: Store, account: str, session: Thing) -> Thing:
    store.change(session, status="expired", url=None)
    happened(store, account, "checkout.session.expired", session)
    return session


def expire_overdue(store: Store) -> None:
    """Time does this at Stripe."""
    rows = store.db.execute(
        "SELECT account, id FROM thing WHERE kind = 'checkout.session' AND body ->> 'status' = 'open'"
        " AND body ->> 'expires_at' <= ?",
        (store.now,),
    ).fetchall()
    for account, key in rows:
        end(store, account, retrieve_session(store, account, {}, key))
