"""What people may like to read about, and what an issue may be for."""

from collections.abc import Iterable, Mapping
from typing import Literal

from incubator.kernel.errors import N_

Interest = Literal["sessions", "calls", "places", "mentors", "markets", "cooperation"]
INTERESTS: Mapping[str, str] = {
    "sessions": N_("workshops, meetings and training"),
    "calls": N_("calls, programmes and funding"),
    "places": N_("rooms and desks"),
    "mentors": N_("mentors"),
    "markets": N_("market days and local brands"),
    "cooperation": N_("cooperation of companies and local government"),
}


def in_order(chosen: Iterable[str]) -> list[str]:
    """Each once, in the order that forms show them."""
    wanted = set(chosen)
    return [one for one in INTERESTS if one in wanted]
