"""The life of an application as a table."""

from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    SUPPLEMENTING = "supplementing"
    FORMALLY_PASSED = "formally_passed"
    FORMALLY_REJECTED = "formally_rejected"
    BELOW_THRESHOLD = "below_threshold"
    NOT_ADMITTED = "not_admitted"
    RESERVE = "reserve"
    OFFERED = "offered"
    ADMITTED = "admitted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


ALLOWED: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SUBMITTED, State.WITHDRAWN}),
    # Submitted again after the one supplementation, it waits for the second round of the formal check.
    State.SUBMITTED: frozenset({State.FORMALLY_PASSED, State.SUPPLEMENTING, State.FORMALLY_REJECTED, State.WITHDRAWN}),
    State.SUPPLEMENTING: frozenset({State.SUBMITTED, State.FORMALLY_REJECTED, State.WITHDRAWN}),
    State.FORMALLY_PASSED: frozenset(
        {State.OFFERED, State.RESERVE, State.BELOW_THRESHOLD, State.NOT_ADMITTED, State.WITHDRAWN}
    ),
    # An offered place that was declined, withdrawn or not answered goes to the next of the reserve list.
    State.RESERVE: frozenset({State.OFFERED, State.NOT_ADMITTED, State.WITHDRAWN}),
    State.OFFERED: frozenset({State.ADMITTED, State.DECLINED, State.WITHDRAWN}),
    State.ADMITTED: frozenset(),
    State.FORMALLY_REJECTED: frozenset(),
    State.BELOW_THRESHOLD: frozenset(),
    State.NOT_ADMITTED: frozenset(),
    State.DECLINED: frozenset(),
    State.WITHDRAWN: frozenset(),
}

RUNNING = frozenset({State.SUBMITTED, State.SUPPLEMENTING, State.FORMALLY_PASSED, State.RESERVE, State.OFFERED})
"""Handed in, and nothing final was said yet."""
