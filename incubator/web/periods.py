"""A period as programs ask for it."""

from datetime import datetime

from incubator.kernel.errors import N_, Invalid
from incubator.kernel.period import Period


class NaiveTime(Invalid):
    """A time without its offset."""

    code = "naive_time"
    sentence = N_("Times need their offset, such as 2026-09-08T10:00:00+02:00.")


class EndBeforeStart(Invalid):
    """A period that is empty or runs backwards."""

    code = "end_before_start"
    sentence = N_("The end has to be after the start.")


class OutOfReach(Invalid):
    """A year that no calendar of ours reaches."""

    code = "out_of_reach"
    sentence = N_("Times have to lie between the years 2000 and 2199.")


def period_of(start: datetime, end: datetime) -> Period:
    """Raises NaiveTime, EndBeforeStart, OutOfReach."""
    if start.tzinfo is None or end.tzinfo is None:
        raise NaiveTime()
    if not (2000 <= start.year < 2199 and 2000 <= end.year < 2199):
        raise OutOfReach()
    if end <= start:
        raise EndBeforeStart()
    return Period(start, end)
