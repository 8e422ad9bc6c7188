"""Times that tests say in a word. The cast's Monday is 7 September 2026; it is nine in the morning."""

from datetime import UTC, date, datetime, timedelta

from incubator.kernel.period import Period, local_moment

NOW = datetime(2026, 9, 7, 7, 0, tzinfo=UTC)
MONDAY = date(2026, 9, 7)
TUESDAY = date(2026, 9, 8)


def on(day: date, start: str, end: str) -> Period:
    """`on(TUESDAY, "10:00", "11:30")`, on the clock in Warsaw; an end before the start is the day after."""
    first, last = _minutes(start), _minutes(end)
    return Period(local_moment(day, first), local_moment(day + timedelta(days=last <= first), last))


def tuesday(start: str, end: str) -> Period:
    return on(TUESDAY, start, end)


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
