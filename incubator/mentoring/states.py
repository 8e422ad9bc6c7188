"""The life of a meeting as a table."""

from enum import StrEnum


class State(StrEnum):
    BOOKED = "booked"
    CANCELLED = "cancelled"
    TOOK_PLACE = "took_place"
    MISSED_BY_STARTUP = "missed_by_startup"
    MISSED_BY_MENTOR = "missed_by_mentor"


HAPPENED = frozenset({State.TOOK_PLACE, State.MISSED_BY_STARTUP, State.MISSED_BY_MENTOR})
"""What the record of a meeting can say. Until it is locked, either side may say it otherwise."""

ALLOWED: dict[State, frozenset[State]] = {
    State.BOOKED: HAPPENED | {State.CANCELLED},
    State.CANCELLED: frozenset(),
    State.TOOK_PLACE: HAPPENED,
    State.MISSED_BY_STARTUP: HAPPENED,
    State.MISSED_BY_MENTOR: HAPPENED,
}


class Side(StrEnum):
    """On whose behalf somebody acts in a meeting."""

    STARTUP = "startup"
    MENTOR = "mentor"
    COORDINATOR = "coordinator"
