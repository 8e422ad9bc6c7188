"""The life of a registration: what may follow what; and what who waits may wish for."""

from enum import StrEnum


class State(StrEnum):
    WAITING = "waiting"
    OFFERED = "offered"
    REGISTERED = "registered"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"
    TURNED_AWAY = "turned_away"


class StallWish(StrEnum):
    """What who waits would like: one stall, one with the same description, or whichever."""

    NONE = ""
    THIS = "this"
    LIKE = "like"
    ANY = "any"


SEATED = frozenset({State.OFFERED, State.REGISTERED})
"""They have their seats."""
LIVE = frozenset({State.WAITING, State.OFFERED, State.REGISTERED})
"""Something may still come of it; one of them for each address and session."""

ALLOWED: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.OFFERED, State.CANCELLED, State.LAPSED, State.TURNED_AWAY}),
    State.OFFERED: frozenset({State.REGISTERED, State.LAPSED, State.CANCELLED, State.TURNED_AWAY}),
    State.REGISTERED: frozenset({State.CANCELLED, State.TURNED_AWAY}),
    State.CANCELLED: frozenset(),
    State.LAPSED: frozenset(),
    State.TURNED_AWAY: frozenset(),
}
