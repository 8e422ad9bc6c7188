"""What every page of payments tells its template."""

from typing import Any

from incubator.ledger.figures import plain, zlotys
from incubator.payments.pages.labels import METHODS, REFUNDS, STATES, WHYS
from incubator.people.visit import Visit


def in_money(visit: Visit) -> dict[str, Any]:
    """How amounts are written, and what states are called."""
    return {
        "zl": lambda grosz: zlotys(grosz, visit.locale),
        "plain": plain,
        "now": visit.now,
        "states": STATES,
        "methods": METHODS,
        "refund_states": REFUNDS,
        "whys": WHYS,
    }
