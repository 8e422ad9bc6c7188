"""What things are called in calendars, for ever: in feeds, over CalDAV, in invitations. A booking and a series of them go
by their keys alone."""

from uuid import UUID


def uid_of_meeting(key: UUID) -> str:
    return f"meeting-{key}@incubator"


def uid_of_session(key: UUID) -> str:
    return f"session-{key}@incubator"


def uid_of_absence(key: UUID) -> str:
    return f"absence-{key}@incubator"
