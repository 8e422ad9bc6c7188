"""The lives of a participation and of a milestone as tables."""

from enum import StrEnum


class State(StrEnum):
    ADMITTED = "admitted"
    ACTIVE = "active"
    GRADUATED = "graduated"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


ALLOWED: dict[State, frozenset[State]] = {
    State.ADMITTED: frozenset({State.ACTIVE, State.WITHDRAWN, State.REMOVED}),
    State.ACTIVE: frozenset({State.GRADUATED, State.WITHDRAWN, State.REMOVED}),
    State.GRADUATED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.REMOVED: frozenset(),
}
LIVE = frozenset({State.ADMITTED, State.ACTIVE})
"""Taking part, or about to."""


class MilestoneState(StrEnum):
    OPEN = "open"
    HANDED_IN = "handed_in"
    ACCEPTED = "accepted"
    RETURNED = "returned"


# Handed in again before anybody looked at it, the newer evidence counts.
MILESTONE_ALLOWED: dict[MilestoneState, frozenset[MilestoneState]] = {
    MilestoneState.OPEN: frozenset({MilestoneState.HANDED_IN}),
    MilestoneState.HANDED_IN: frozenset({MilestoneState.HANDED_IN, MilestoneState.ACCEPTED, MilestoneState.RETURNED}),
    MilestoneState.RETURNED: frozenset({MilestoneState.HANDED_IN}),
    MilestoneState.ACCEPTED: frozenset(),
}
