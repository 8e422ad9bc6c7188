"""What a person does on the Checkout page, and what becomes of the money: intent, charge, fee."""

from typing import Any

from tests.stripe_fake.happenings import happened
from tests.stripe_fake.sessions import retrieve_session
from tests.stripe_fake.store import Store, Thing
from tests.stripe_fake.wrong import Wrong, missing

FEES = {"card": (150, 100), "blik": (160, 100), "p24": (220, 100)}
"""Ten-thousandths of the amount, and grosz."""


def fee_of(method: str, amount: int) -> int:
    share, fixed = FEES[method]
    return (amount * share + 5_000) // 10_000 + fixed


def pay(store: Store, account: str, key: str, method: str, *, late_fee: bool = False, slow: bool = False) -> Thing:
    """`slow`: the bank will say later (see `clear`). `late_fee`: Stripe tells its fee later (see `tell_fee`)."""
    session = _open(store, account, key, method)
    intent = _intent(store, account, session, method, "processing" if slow else "requires_action")
    happened(store, account, "payment_intent.created", intent)
    details = {"email": "payer@example.com", "name": "Jan Płatnik"}
    store.change(session, status="complete", url=None, payment_intent=intent["id"], customer_details=details)
    if slow:
        happened(store, account, "checkout.session.completed", session)
        return session
    _succeed(store, account, intent, method, late_fee)
    store.change(session, payment_status="paid")
    happened(store, account, "checkout.session.completed", session)
    return session


def clear(store: Store, account: str, key: str, *, well: bool) -> Thing:
    """The bank says how a slow payment went."""
    session = retrieve_session(store, account, {}, key)
    intent = store.find(account, "payment_intent", session["payment_intent"])
    if well:
        _succeed(store, account, intent, intent["payment_method_types"][0], late_fee=False)
        store.change(session, payment_status="paid")
        happened(store, account, "checkout.session.async_payment_succeeded", session)
    else:
        store.change(intent, status="requires_payment_method")
        happened(store, account, "payment_intent.payment_failed", intent)
        happened(store, account, "checkout.session.async_payment_failed", session)
    return session


def decline(store: Store, account: str, key: str, method: str) -> Thing:
    """The card is refused: the session stays open, and one may try another."""
    session = _open(store, account, key, method)
    intent = _intent(store, account, session, method, "requires_payment_method")
    happened(store, account, "payment_intent.payment_failed", intent)
    return session


def tell_fee(store: Store, account: str, charge: Thing) -> None:
    transaction = _transaction(store, account, charge, charge["payment_method_details"]["type"])
    store.change(charge, balance_transaction=transaction["id"])
    happened(store, account, "charge.updated", charge)


def retrieve_intent(store: Store, account: str, _told: dict[str, Any], key: str) -> Thing:
    return _found(store, account, "payment_intent", key)


def retrieve_charge(store: Store, account: str, _told: dict[str, Any], key: str) -> Thing:
    return _found(store, account, "charge", key)


def retrieve_transaction(store: Store, account: str, _told: dict[str, Any], key: str) -> Thing:
    return _found(store, account, "balance_transaction", key)


def retrieve_balance(store: Store, account: str, _told: dict[str, Any]) -> Thing:
    left = sum(one["net"] for one in store.every("balance_transaction", account))
    money = [{"amount": left, "currency": "pln"}]
    return {"object": "balance", "livemode": False, "available": money, "pending": []}


def _found(store: Store, account: str, kind: str, key: str) -> Thing:
    found = store.find(account, kind, key)
    if found is None:
        raise missing(kind, key)
    return found


def _open(store: Store, account: str, key: str, method: str) -> Thing:
    session = retrieve_session(store, account, {}, key)
    if session["status"] != "open" or session["expires_at"] <= store.now:
        raise Wrong(f"This Checkout Session is {session['status']}.")
    if method not in session["payment_method_types"]:
        raise Wrong(f"{method} is not offered here.")
    return session


def _intent(store: Store, account: str, session: Thing, method: str, status: str) -> Thing:
    return store.put(
        account,
        "payment_intent",
        "pi",
        amount=session["amount_total"],
        amount_received=0,
        currency=session["currency"],
        status=status,
        payment_method_types=[method],
        latest_charge=None,
        metadata=session["intent_data"].get("metadata") or {},
        description=session["intent_data"].get("description"),
    )


def _succeed(store: Store, account: str, intent: Thing, method: str, late_fee: bool) -> None:
    charge = store.put(
        account,
        "charge",
        "ch",
        amount=intent["amount"],
        amount_captured=intent["amount"],
        amount_refunded=0,
        currency=intent["currency"],
        status="succeeded",
        paid=True,
        captured=True,
        refunded=False,
        disputed=False,
        payment_intent=intent["id"],
        balance_transaction=None,
        payment_method_details={"type": method, method: {}},
        billing_details={"name": "Jan Płatnik", "email": "payer@example.com"},
        metadata=intent["metadata"],
    )
    store.change(intent, status="succeeded", amount_received=intent["amount"], latest_charge=charge["id"])
    if late_fee:
        happened(store, account, "charge.succeeded", charge)
    else:
        transaction = _transaction(store, account, charge, method)
        store.change(charge, balance_transaction=transaction["id"])
        happened(store, account, "charge.succeeded", charge)
    happened(store, account, "payment_intent.succeeded", intent)


def _transaction(store: Store, account: str, charge: Thing, method: str) -> Thing:
    kind = "charge" if method == "card" else "payment"
    return _book(store, account, kind, charge["id"], charge["amount"], fee_of(method, charge["amount"]))


def _book(store: Store, account: str, kind: str, source: str, amount: int, fee: int, *, category: str = "") -> Thing:
    return store.put(
        account,
        "balance_transaction",
        "txn",
        type=kind,
        reporting_category=category or kind,
        source=source,
        amount=amount,
        fee=fee,
        fee_details=[{"amount": fee, "currency": "pln", "type": "stripe_fee", "description": "", "application": None}],
        net=amount - fee,
        currency="pln",
        status="pending",
        available_on=store.now + 7 * 86_400,
        exchange_rate=None,
        description=None,
        balance_type="payments",
        in_payout="",
    )


book = _book
