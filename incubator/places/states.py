"""The life of an incubator, as a table."""

from enum import StrEnum


class Status(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


ALLOWED: dict[Status, frozenset[Status]] = {
    Status.PLANNED: frozenset({Status.OPEN, Status.CLOSED}),
    Status.OPEN: frozenset({Status.CLOSED}),
    Status.CLOSED: frozenset({Status.OPEN}),
}
"""What was open once is not planned again."""
