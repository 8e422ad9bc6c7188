"""Events: what happened, as it was then."""

import copy
from typing import Any

from tests.stripe_fake.store import Store, Thing

VERSION = "2026-10-28.endive"


def happened(store: Store, account: str, kind: str, thing: Thing, **how: Any) -> Thing:
    """Kept for the list of events and for the post."""
    event = store.put(
        account,
        "event",
        "evt",
        account=account,
        api_version=how.get("api_version", VERSION),
        type=kind,
        data={"object": copy.deepcopy(thing)},
        pending_webhooks=1,
        request={"id": None, "idempotency_key": None},
    )
    store.db.execute("INSERT INTO delivery VALUES (?, 0, 0)", (event["id"],))
    return event
