"""What becomes of a pass."""

from enum import StrEnum


class PassState(StrEnum):
    """Ordered and to be paid; good to draw on; not paid in time; called off before it was paid; given back, all of it or
    what was left; over."""

    ORDERED = "ordered"
    ACTIVE = "active"
    LAPSED = "lapsed"
    CALLED_OFF = "called_off"
    GIVEN_BACK = "given_back"
    OVER = "over"


LIVE = frozenset({PassState.ACTIVE, PassState.GIVEN_BACK, PassState.OVER})
"""States of a pass that has, or had, a credit."""
