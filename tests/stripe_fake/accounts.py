"""Connected accounts, one for each gmina."""

from typing import Any

from tests.stripe_fake.happenings import happened
from tests.stripe_fake.store import Store, Thing
from tests.stripe_fake.wrong import missing

PLATFORM = "platform"


def open_account(store: Store, *, charges: bool = True, key: str = "", methods: str = "card blik p24") -> Thing:
    return store.put(
        PLATFORM,
        "account",
        "acct",
        **({"id": key} if key else {}),
        charges_enabled=charges,
        payouts_enabled=charges,
        details_submitted=charges,
        country="PL",
        default_currency="pln",
        capabilities={f"{method}_payments": "active" for method in methods.split()},
        business_profile={"name": "Gmina"},
        metadata={},
    )


def enable(store: Store, key: str, *, charges: bool) -> Thing:
    account = account_of(store, key)
    store.change(account, charges_enabled=charges, payouts_enabled=charges, details_submitted=True)
    happened(store, key, "account.updated", account)
    return account


def account_of(store: Store, key: str) -> Thing:
    found = store.find(PLATFORM, "account", key)
    if found is None:
        raise missing("account", key)
    return found


def retrieve_account(store: Store, _account: str, _told: dict[str, Any], key: str) -> Thing:
    return account_of(store, key)
