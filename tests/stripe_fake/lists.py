"""Lists: newest first, in pages, narrowed by what may narrow them."""

from typing import Any

from tests.stripe_fake.payouts import must_be_counted
from tests.stripe_fake.store import Store, Thing
from tests.stripe_fake.wrong import missing

OPERATORS = {
    "gt": lambda a, b: a > b,
    "gte": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "lte": lambda a, b: a <= b,
}


def listed(store: Store, account: str, told: dict[str, Any], kind: str, url: str) -> Thing:
    must_be_counted(store, account, told)
    found = [one for one in store.every(kind, account) if _fits(one, told)]
    if "starting_after" in told:
        ids = [one["id"] for one in found]
        if told["starting_after"] not in ids:
            raise missing(kind, told["starting_after"])
        found = found[ids.index(told["starting_after"]) + 1 :]
    limit = told.get("limit", 10)
    return {"object": "list", "url": url, "data": found[:limit], "has_more": len(found) > limit}


def _fits(thing: Thing, told: dict[str, Any]) -> bool:
    created = told.get("created", {})
    wanted = {"gte": created, "lte": created} if isinstance(created, int) else created
    return (
        all(OPERATORS[name](thing["created"], bound) for name, bound in wanted.items())
        and all(
            thing.get(name) == told[name]
            for name in ("payment_intent", "charge", "status", "type", "source")
            if name in told
        )
        and ("payout" not in told or thing.get("in_payout") == told["payout"])
    )
