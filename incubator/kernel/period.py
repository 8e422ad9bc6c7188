"""A stretch of real time, half-open: its end belongs to whatever comes next."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """[start, end) in aware time, kept in UTC, so that its length is always real elapsed time.

    Raises ValueError for naive times and for an end that is not after the start.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a period needs times with a time zone")
        if self.end <= self.start:
            raise ValueError("a period ends after it starts")
        object.__setattr__(self, "start", self.start.astimezone(UTC))
        object.__setattr__(self, "end", self.end.astimezone(UTC))

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    @property
    def minutes(self) -> int:
        """Whole minutes of elapsed time."""
        return int(self.length.total_seconds() // 60)

    def overlaps(self, other: "Period") -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Period") -> bool:
        return self.start <= other.start and other.end <= self.end

    def moved(self, by: timedelta) -> "Period":
        return Period(self.start + by, self.end + by)

    def extended(self, by: timedelta) -> "Period":
        """The same start with `by` more at the end: a turnaround, say."""
        return Period(self.start, self.end + by)

    def local_days(self) -> Iterator[date]:
        """The days in Warsaw that the period touches, in order."""
        day = self.start.astimezone(WARSAW).date()
        last = (self.end - timedelta(microseconds=1)).astimezone(WARSAW).date()
        while day <= last:
            yield day
            day += timedelta(days=1)


def union(periods: Iterable[Period]) -> list[Period]:
    """In order, those that touch or overlap made one."""
    found: list[Period] = []
    for one in sorted(periods):
        if found and one.start <= found[-1].end:
            found[-1] = Period(found[-1].start, max(found[-1].end, one.end))
        else:
            found.append(one)
    return found


def local_midnight(day: date) -> datetime:
    """The first instant of `day` in Warsaw, in UTC."""
    return datetime.combine(day, time(), WARSAW).astimezone(UTC)


def local_days(first: date, days: int = 1) -> Period:
    """`days` whole days in Warsaw from `first` on; 23 or 25 hours long on the clock-change days."""
    return Period(local_midnight(first), local_midnight(first + timedelta(days=days)))


def of_whole_days(period: Period) -> bool:
    """From midnight to midnight in Warsaw."""
    return all(at == local_midnight(at.astimezone(WARSAW).date()) for at in (period.start, period.end))


def local_moment(day: date, minute: int) -> datetime:
    """`minute` minutes past midnight on the clock in Warsaw (0–1440), in UTC.

    A time that the clock skips in March is read an hour later, as people do; of the two in
    October the first is meant.
    """
    if minute == 1440:
        return local_midnight(day + timedelta(days=1))
    wall = datetime.combine(day, time(minute // 60, minute % 60), WARSAW)
    return wall.astimezone(UTC)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
