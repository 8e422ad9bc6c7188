"""A stretch of time that a client asks for (RFC 4791, 9.9). Pure."""

from dataclasses import dataclass
from datetime import datetime

from incubator.kernel.period import Period


@dataclass(frozen=True, slots=True)
class Range:
    """Half-open; an open end is None, never both."""

    start: datetime | None
    end: datetime | None

    def meets(self, period: Period) -> bool:
        return (self.end is None or period.start < self.end) and (self.start is None or period.end > self.start)

    def has(self, instant: datetime) -> bool:
        return (self.start is None or self.start <= instant) and (self.end is None or instant < self.end)
