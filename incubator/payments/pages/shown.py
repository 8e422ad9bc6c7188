"""What every page of payments tells its template."""

from typing import Any

from incubator.payments.pages.labels import DISPUTES, METHODS, REASONS, REFUNDS, STATES, WHYS
from incubator.people.visit import Visit


def in_money(visit: Visit) -> dict[str, Any]:
    """When it is, and what states are called."""
    return {
        "now": visit.now,
        "states": STATES,
        "methods": METHODS,
        "refund_states": REFUNDS,
        "whys": WHYS,
        "dispute_states": DISPUTES,
        "dispute_reasons": REASONS,
    }
