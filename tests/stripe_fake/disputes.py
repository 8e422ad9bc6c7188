"""What the bank of who paid does: asks, takes the money back, decides."""

from typing import Any

from tests.stripe_fake.happenings import happened
from tests.stripe_fake.payments import book
from tests.stripe_fake.store import Store, Thing
from tests.stripe_fake.wrong import missing

FEE = 6_000
ANSWER_WITHIN = 7 * 86_400


def dispute(store: Store, account: str, intent_id: str, *, inquiry: bool = False, amount: int | None = None) -> Thing:
    """`inquiry`: the bank only asks, and takes nothing yet."""
    intent = store.find(account, "payment_intent", intent_id)
    charge = store.find(account, "charge", intent["latest_charge"])
    made = store.put(
        account,
        "dispute",
        "du",
        amount=amount or charge["amount"],
        currency=charge["currency"],
        charge=charge["id"],
        payment_intent=intent_id,
        reason="fraudulent",
        status="warning_needs_response" if inquiry else "needs_response",
        is_charge_refundable=inquiry,
        balance_transactions=[],
        evidence={},
        evidence_details={
            "due_by": store.now + ANSWER_WITHIN,
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        metadata={},
    )
    store.change(charge, disputed=not inquiry)
    happened(store, account, "charge.dispute.created", made)
    if not inquiry:
        _withdraw(store, account, made)
    return made


def escalate(store: Store, account: str, key: str) -> Thing:
    """The bank that only asked takes the money now."""
    made = retrieve_dispute(store, account, {}, key)
    charge = store.find(account, "charge", made["charge"])
    store.change(charge, disputed=True)
    store.change(made, status="needs_response", is_charge_refundable=False)
    happened(store, account, "charge.dispute.updated", made)
    _withdraw(store, account, made)
    return made


def decide(store: Store, account: str, key: str, *, won: bool) -> Thing:
    """For the gmina or against it; what was lost can be won afterwards, on appeal."""
    made = retrieve_dispute(store, account, {}, key)
    if made["status"].startswith("warning"):
        store.change(made, status="warning_closed")
    else:
        store.change(made, status="won" if won else "lost")
        if won:
            _book(store, account, made, "dispute_reversal", made["amount"], 0)
            happened(store, account, "charge.dispute.funds_reinstated", made)
    happened(store, account, "charge.dispute.closed", made)
    return made


def retrieve_dispute(store: Store, account: str, _told: dict[str, Any], key: str) -> Thing:
    found = store.find(account, "dispute", key)
    if found is None:
        raise missing("dispute", key)
    return found


def _withdraw(store: Store, account: str, made: Thing) -> None:
    _book(store, account, made, "dispute", -made["amount"], FEE)
    happened(store, account, "charge.dispute.funds_withdrawn", made)


def _book(store: Store, account: str, made: Thing, category: str, amount: int, fee: int) -> None:
    booked = book(store, account, "adjustment", made["id"], amount, fee, category=category)
    shown = {name: value for name, value in booked.items() if name != "in_payout"}
    store.change(made, balance_transactions=[*made["balance_transactions"], shown])
