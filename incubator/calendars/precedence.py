"""Whoever books goes before feeds (docs/decisions/0027): while bookings are under way and the share of feeds is spent, a feed
that moved is told as it was.

While nobody books nothing of this is seen: every poll is told how things stand now.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple, TypeVar

from incubator.calendars.share import Seconds, Share
from incubator.calendars.shelf import Key
from incubator.calendars.standing import Standing

LULL = 0.5
"""Seconds: who books sends the next one when the last is answered, so between two there may be nobody for a moment."""
LONGEST = 300.0
"""Seconds that a feed is told as it was; whatever lies between may keep public ones as long (conditional.py)."""
MOST = 10_000
"""Feeds whose last state is remembered, with less than a thousand octets each."""


class State(NamedTuple):
    """Where a feed stood: what of a standing is told as it was."""

    fingerprint: str
    changed_at: datetime | None
    shown: int


def nobody_books() -> bool:
    return False


class Precedence:
    """`booking` says whether somebody waits at a counter at this moment."""

    def __init__(self, booking: Callable[[], bool], *, seconds: Seconds = time.monotonic) -> None:
        self._booking, self._seconds, self._share = booking, seconds, Share(seconds)
        self._booked = -LULL
        self._last: OrderedDict[Key, State] = OrderedDict()
        self._seen: OrderedDict[str, float] = OrderedDict()

    def standing(self, key: Key, now: Standing) -> Standing:
        """Where the feed is told to stand, that stands there now: there, or where it stood when it was made last. Who may
        see it is always of now, and one that shows more or less than it did is not told as it was."""
        last = self._last.get(key)
        if last is None or last.shown != now.shown or self._is_old(last) or not self.bookings_first:
            return now
        return replace(now, fingerprint=last.fingerprint, changed_at=last.changed_at)

    def seen(self, now: Standing) -> None:
        """A feed stands there at this moment. Nothing is cheaper, as most polls find no more than that."""
        if now.fingerprint in self._seen:
            self._seen[now.fingerprint] = self._seconds()

    def made(self, key: Key, standing: Standing) -> None:
        """The feed was made anew, as it stands there."""
        _keep(self._last, key, State(standing.fingerprint, standing.changed_at, standing.shown))
        _keep(self._seen, standing.fingerprint, self._seconds())

    def making(self) -> AbstractContextManager[None]:
        """While a feed is made anew, or packed."""
        return self._share.taken()

    @property
    def bookings_first(self) -> bool:
        now = self._seconds()
        if self._booking():
            self._booked = now
        return now - self._booked < LULL and self._share.is_spent

    def _is_old(self, state: State) -> bool:
        seen = self._seen.get(state.fingerprint)
        return seen is None or self._seconds() - seen > LONGEST


K = TypeVar("K")
V = TypeVar("V")


def _keep(kept: OrderedDict[K, V], key: K, value: V) -> None:
    """Of those that were kept last, as many as there may be."""
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > MOST:
        kept.popitem(last=False)
