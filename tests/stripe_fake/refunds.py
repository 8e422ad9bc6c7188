"""Refunds: as much as was paid and not given back; some fail days later."""

from typing import Any

from tests.stripe_fake.happenings import happened
from tests.stripe_fake.payments import book
from tests.stripe_fake.store import Store, Thing
from tests.stripe_fake.wrong import Wrong, missing


def create_refund(store: Store, account: str, told: dict[str, Any]) -> Thing:
    charge = _charge(store, account, told)
    left = charge["amount"] - charge["amount_refunded"]
    amount = told.get("amount", left)
    if charge["disputed"]:
        raise Wrong(
            f"Charge {charge['id']} has been charged back; cannot issue a refund.", code="charge_disputed", kept=True
        )
    if left == 0:
        raise Wrong(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded", kept=True)
    if amount > left:
        said = (
            f"Refund amount ({amount / 100:.2f} zł) is greater than unrefunded amount on charge ({left / 100:.2f} zł)"
        )
        raise Wrong(said, param="amount", kept=True)
    if amount <= 0:
        raise Wrong("Invalid positive integer", code="parameter_invalid_integer", param="amount")
    method = charge["payment_method_details"]["type"]
    made = store.put(
        account,
        "refund",
        "re",
        amount=amount,
        currency=charge["currency"],
        charge=charge["id"],
        payment_intent=charge["payment_intent"],
        status="succeeded" if method != "p24" else "pending",
        reason=told.get("reason"),
        metadata=told.get("metadata") or {},
        failure_reason=None,
        balance_transaction=None,
    )
    kind = "refund" if method == "card" else "payment_refund"
    store.change(made, balance_transaction=book(store, account, kind, made["id"], -amount, 0)["id"])
    given = charge["amount_refunded"] + amount
    store.change(charge, amount_refunded=given, refunded=given == charge["amount"])
    happened(store, account, "refund.created", made)
    happened(store, account, "charge.refunded", charge)
    return made


def succeed_refund(store: Store, account: str, key: str) -> Thing:
    made = retrieve_refund(store, account, {}, key)
    store.change(made, status="succeeded")
    happened(store, account, "refund.updated", made)
    return made


def fail_refund(store: Store, account: str, key: str) -> Thing:
    """The bank sent it back; this may come after `succeeded`."""
    made = retrieve_refund(store, account, {}, key)
    charge = store.find(account, "charge", made["charge"])
    store.change(charge, amount_refunded=charge["amount_refunded"] - made["amount"], refunded=False)
    back = book(store, account, "refund_failure", made["id"], made["amount"], 0)
    store.change(made, status="failed", failure_reason="lost_or_stolen_card", failure_balance_transaction=back["id"])
    happened(store, account, "refund.failed", made)
    return made


def retrieve_refund(store: Store, account: str, _told: dict[str, Any], key: str) -> Thing:
    found = store.find(account, "refund", key)
    if found is None:
        raise missing("refund", key)
    return found


def _charge(store: Store, account: str, told: dict[str, Any]) -> Thing:
    key = told.get("charge")
    if "payment_intent" in told:
        intent = store.find(account, "payment_intent", told["payment_intent"])
        if intent is None:
            raise missing("payment_intent", told["payment_intent"])
        key = intent["latest_charge"]
    if key is None:
        raise Wrong("One of the following params should be provided: payment_intent or charge.")
    charge = store.find(account, "charge", key)
    if charge is None:
        raise missing("charge", key)
    return charge
