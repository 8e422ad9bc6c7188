"""When somebody was there enough for a certificate. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Present:
    """A required meeting: how long it was, and how long somebody was there."""

    length: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Presence:
    """Minutes present of those required; `percent` are needed."""

    minutes: int
    required: int
    percent: int

    @property
    def enough(self) -> bool:
        """Whether the presence rule is met: nobody was present where nothing took place."""
        return self.required > 0 and self.minutes * 100 >= self.required * self.percent

    @property
    def reached(self) -> int:
        """Percent, rounded down, so that 79.9 is not shown as 80."""
        return self.minutes * 100 // self.required if self.required else 0


def presence(meetings: Iterable[Present], *, percent: int) -> Presence:
    """Over all required meetings; nobody is longer in one than it takes."""
    told = list(meetings)
    return Presence(sum(min(one.minutes, one.length) for one in told), sum(one.length for one in told), percent)
