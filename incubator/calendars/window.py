"""Which stretch of time a feed tells of."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from incubator.kernel.period import WARSAW, Period, local_midnight, monday_of

BACK = timedelta(days=60)
AHEAD = timedelta(days=407)
CANCELLED_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Window:
    """60 days back and at least 400 ahead, counted from a Monday: it stands still all week, and so
    does the validator of a feed in which nothing happens."""

    monday: date

    @property
    def opens(self) -> datetime:
        """When this window became the one to show."""
        return local_midnight(self.monday)

    @property
    def span(self) -> Period:
        return Period(local_midnight(self.monday - BACK), local_midnight(self.monday + AHEAD))

    @property
    def cancelled_since(self) -> datetime:
        """What was cancelled before is no longer told of."""
        return local_midnight(self.monday - CANCELLED_FOR)


def window_at(now: datetime) -> Window:
    return Window(monday_of(now.astimezone(WARSAW).date()))
