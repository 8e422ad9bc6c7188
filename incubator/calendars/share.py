"""How much of the passing time is left for making feeds while somebody books (docs/decisions/0027)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

PART = 0.1
"""Of the time that passes."""
SAVED, OWED = 2.0, 2.0
"""Seconds at most: of a time in which no feed was made, and of one that took long."""

Seconds = Callable[[], float]
"""What a clock shows that only goes forward."""


class Share:
    """A part of the time that passes. Feeds that are made at once take what passes meanwhile, once."""

    def __init__(self, seconds: Seconds) -> None:
        self._seconds, self._seen = seconds, seconds()
        self._left, self._making = SAVED, 0

    @property
    def is_spent(self) -> bool:
        """While a feed is being made there is nothing left for another: what both cost is known too late."""
        self._count()
        return self._making > 0 or self._left <= 0

    @contextmanager
    def taken(self) -> Iterator[None]:
        """A feed is being made."""
        self._count()
        self._making += 1
        try:
            yield
        finally:
            self._count()
            self._making -= 1

    def _count(self) -> None:
        now = self._seconds()
        passed, self._seen = now - self._seen, now
        spent = passed if self._making else 0.0
        self._left = max(-OWED, min(SAVED, self._left + passed * PART - spent))
