"""The life of a subscription, of an issue and of one copy of it: what may follow what."""

from enum import StrEnum


class Subscribed(StrEnum):
    PENDING = "pending"
    CONFIRMED = "confirmed"
    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"


SUBSCRIPTION_ALLOWED: dict[Subscribed, frozenset[Subscribed]] = {
    Subscribed.PENDING: frozenset({Subscribed.CONFIRMED, Subscribed.UNSUBSCRIBED}),
    Subscribed.CONFIRMED: frozenset({Subscribed.UNSUBSCRIBED, Subscribed.BOUNCED}),
    Subscribed.UNSUBSCRIBED: frozenset(),
    Subscribed.BOUNCED: frozenset(),
}


class State(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    SENT = "sent"
    WITHDRAWN = "withdrawn"


ALLOWED: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SCHEDULED}),
    State.SCHEDULED: frozenset({State.SENDING, State.WITHDRAWN}),
    State.SENDING: frozenset({State.SENT}),
    State.SENT: frozenset(),
    State.WITHDRAWN: frozenset({State.SCHEDULED}),
}
EDITABLE = frozenset({State.DRAFT, State.WITHDRAWN})
"""States in which an issue can be written on, or thrown away."""
OUT = frozenset({State.SENDING, State.SENT})
"""States in which everybody may read it."""


class Copy(StrEnum):
    WAITING = "waiting"
    HANDING = "handing"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"


COPY_ALLOWED: dict[Copy, frozenset[Copy]] = {
    Copy.WAITING: frozenset({Copy.HANDING, Copy.SKIPPED}),
    Copy.HANDING: frozenset({Copy.WAITING, Copy.SENT, Copy.FAILED, Copy.UNKNOWN}),
    Copy.SENT: frozenset({Copy.FAILED}),
    Copy.FAILED: frozenset(),
    Copy.SKIPPED: frozenset(),
    Copy.UNKNOWN: frozenset({Copy.FAILED}),
}
"""What was sent, or perhaps was, fails yet when the mail comes back."""
