"""Which stretch of time a feed tells of."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from incubator.kernel.period import WARSAW, Period, local_midnight, monday_of

BACK = timedelta(days=60)
AHEAD = timedelta(days=407)
CANCELLED_FOR = timedelta(days=30)
WEEK = timedelta(days=7)
CENTURY = timedelta(days=36_525)


@dataclass(frozen=True, slots=True)
class Window:
    """60 days back and at least 400 ahead, counted from a Monday: it stands still all week, and so
    does the validator of a feed in which nothing happens. Or from the day `first` to the day `last`, where the
    subscriber chose them."""

    monday: date
    first: date | None = None
    last: date | None = None
    cancelled_for: timedelta = CANCELLED_FOR

    @property
    def opens(self) -> datetime:
        """When this window became the one to show."""
        return local_midnight(self.monday)

    @property
    def span(self) -> Period:
        first = self.monday - BACK if self.first is None else self.first
        beyond = self.monday + AHEAD if self.last is None else self.last + timedelta(days=1)
        return Period(local_midnight(first), local_midnight(beyond))

    @property
    def cancelled_since(self) -> datetime:
        """What was cancelled before is no longer told of; kept for no day, nothing is told of that was cancelled."""
        return local_midnight(self.monday - (self.cancelled_for or -CENTURY))


def window_at(now: datetime) -> Window:
    return Window(monday_of(now.astimezone(WARSAW).date()))


def whole(window: Window) -> Window:
    return window


def some_months(window: Window) -> Window:
    """Of what is too much for a year: a week back and two months ahead, or three months from the day on that was
    chosen."""
    return _nearer(window, ahead=timedelta(days=62), most=timedelta(days=92))


def four_weeks(window: Window) -> Window:
    """With a week back, or five from the day on that was chosen. Of the whole metropolis, in its largest house, that is
    50,000 entries and 25 MB, which a server can keep (shelf.py); two months it could not, and would write them anew for
    each who asks."""
    return _nearer(window, ahead=timedelta(days=27), most=timedelta(days=34))


def _nearer(window: Window, *, ahead: timedelta, most: timedelta) -> Window:
    first = window.first or window.monday - WEEK
    last = window.monday + ahead if window.last is None else min(window.last, first + most)
    return replace(window, first=first, last=last)
