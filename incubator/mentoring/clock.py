"""Small questions to the clock: when a meeting can start, till when it can be called off, which month it counts in."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from incubator.kernel.period import WARSAW, Period


def starts_within(
    stretch: Period, *, minutes: int, grid_minutes: int, break_minutes: int, taken: Sequence[Period]
) -> Iterator[datetime]:
    """When a meeting of `minutes` can start within `stretch`, so that with the break after it it meets
    nothing of `taken`."""
    step, length = timedelta(minutes=grid_minutes), timedelta(minutes=minutes)
    start = stretch.start + timedelta(minutes=-stretch.start.minute % grid_minutes)
    near = [one for one in taken if one.overlaps(stretch.extended(timedelta(minutes=break_minutes + 1)))]
    while start + length <= stretch.end:
        whole = Period(start, start + length + timedelta(minutes=break_minutes))
        if not any(whole.overlaps(one) for one in near):
            yield start
        start += step


def may_still_cancel(period: Period, *, cancel_minutes: int, now: datetime) -> bool:
    return now <= period.start - timedelta(minutes=cancel_minutes)


def month_of(moment: datetime) -> date:
    """The first day of the month in Warsaw, under which the gmina's policy counts."""
    return moment.astimezone(WARSAW).date().replace(day=1)
