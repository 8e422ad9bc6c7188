"""What Stripe pays out to the gmina's bank: all that is there, each day say."""

from typing import Any

from tests.stripe_fake.happenings import happened
from tests.stripe_fake.payments import book
from tests.stripe_fake.store import Store, Thing
from tests.stripe_fake.wrong import Wrong, missing

OWN = {"payout", "payout_failure"}
DAYS = 2 * 86_400


def pay_out(store: Store, account: str, *, amiss: int = 0) -> Thing:
    """All that was not paid out yet. `amiss`: so much more than there is, as Stripe never would."""
    inside = [
        one for one in store.every("balance_transaction", account) if not one["in_payout"] and one["type"] not in OWN
    ]
    amount = sum(one["net"] for one in inside) + amiss
    made = store.put(
        account,
        "payout",
        "po",
        amount=amount,
        arrival_date=store.now + DAYS,
        automatic=True,
        balance_transaction=None,
        currency="pln",
        description="STRIPE PAYOUT",
        failure_balance_transaction=None,
        failure_code=None,
        failure_message=None,
        metadata={},
        method="standard",
        reconciliation_status="in_progress",
        source_type="card",
        status="in_transit",
        type="bank_account",
    )
    for one in inside:
        store.change(one, in_payout=made["id"])
    booked = book(store, account, "payout", made["id"], -amount, 0)
    store.change(booked, in_payout=made["id"])
    store.change(made, balance_transaction=booked["id"])
    happened(store, account, "payout.created", made)
    return made


def count(store: Store, account: str, key: str) -> Thing:
    """From now on it can be asked what it is made of."""
    made = retrieve_payout(store, account, {}, key)
    store.change(made, reconciliation_status="completed")
    happened(store, account, "payout.reconciliation_completed", made)
    return made


def arrive(store: Store, account: str, key: str) -> Thing:
    made = retrieve_payout(store, account, {}, key)
    store.change(made, status="paid")
    happened(store, account, "payout.paid", made)
    return made


def bounce(store: Store, account: str, key: str) -> Thing:
    """The bank would not take it; this may come after `paid`."""
    made = retrieve_payout(store, account, {}, key)
    back = book(store, account, "payout_failure", made["id"], made["amount"], 0)
    store.change(
        made,
        status="failed",
        failure_code="account_closed",
        failure_message="The bank account has been closed.",
        failure_balance_transaction=back["id"],
    )
    happened(store, account, "payout.failed", made)
    return made


def retrieve_payout(store: Store, account: str, _told: dict[str, Any], key: str) -> Thing:
    found = store.find(account, "payout", key)
    if found is None:
        raise missing("payout", key)
    return found


def must_be_counted(store: Store, account: str, told: dict[str, Any]) -> None:
    """Raises Wrong."""
    if "payout" in told and retrieve_payout(store, account, {}, told["payout"])["reconciliation_status"] != "completed":
        raise Wrong("Balance transaction history can only be filtered on automatic transfers that are reconciled.")
