"""What things are called in calendars, for ever: in feeds, over CalDAV, in invitations. A booking and a series of them go
by their keys alone. And how often they changed, said alike in all."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def uid_of_meeting(key: UUID) -> str:
    return f"meeting-{key}@incubator"


def uid_of_session(key: UUID) -> str:
    return f"session-{key}@incubator"


def uid_of_absence(key: UUID) -> str:
    return f"absence-{key}@incubator"


def sequence_at(changed_at: datetime, changes: int) -> int:
    """For what has no count of all its changes: neither of the two goes down, and `changes` tells those of one second
    apart."""
    return max(0, (changed_at - EPOCH) // timedelta(seconds=1)) + changes
