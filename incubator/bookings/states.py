"""The life of a booking as a table."""

from enum import StrEnum


class State(StrEnum):
    HELD = "held"
    AWAITING_APPROVAL = "awaiting_approval"
    AWAITING_PAYMENT = "awaiting_payment"
    CONFIRMED = "confirmed"
    CHECKED_IN = "checked_in"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    EXPIRED = "expired"
    NO_SHOW = "no_show"


ALLOWED: dict[State, frozenset[State]] = {
    State.HELD: frozenset(
        {State.CONFIRMED, State.AWAITING_APPROVAL, State.AWAITING_PAYMENT, State.CANCELLED, State.EXPIRED}
    ),
    State.AWAITING_APPROVAL: frozenset(
        {State.CONFIRMED, State.AWAITING_PAYMENT, State.DECLINED, State.CANCELLED, State.EXPIRED}
    ),
    State.AWAITING_PAYMENT: frozenset({State.CONFIRMED, State.CANCELLED, State.EXPIRED}),
    # Moved by its holder to a time that nobody has approved, it waits again.
    State.CONFIRMED: frozenset(
        {State.CHECKED_IN, State.COMPLETED, State.CANCELLED, State.NO_SHOW, State.AWAITING_APPROVAL}
    ),
    State.CHECKED_IN: frozenset({State.COMPLETED}),
    State.COMPLETED: frozenset(),
    State.CANCELLED: frozenset(),
    State.DECLINED: frozenset(),
    # Not paid in time, and its money came while its time was still free.
    State.EXPIRED: frozenset({State.CONFIRMED}),
    State.NO_SHOW: frozenset(),
}

LIVE = frozenset({State.HELD, State.AWAITING_APPROVAL, State.AWAITING_PAYMENT, State.CONFIRMED, State.CHECKED_IN})
"""Still to come or going on: what a person thinks of as "my bookings"."""

FIRM = frozenset({State.CONFIRMED, State.CHECKED_IN, State.COMPLETED, State.NO_SHOW})
"""The space was given away for it."""
