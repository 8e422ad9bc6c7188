"""Which days may be reported on. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from incubator.kernel.errors import N_, Invalid
from incubator.kernel.period import Period, local_days

MOST_DAYS = 366
YEARS = range(2000, 2200)


class LastDayFirst(Invalid):
    code = "last_day_first"
    sentence = N_("The last day must not lie before the first.")


@dataclass(eq=False)
class TooManyDays(Invalid):
    """More than one answer is for."""

    code = "too_many_days"
    sentence = N_("Ask for at most {most} days at once.")
    most: int = MOST_DAYS


class DaysOutOfReach(Invalid):
    code = "days_out_of_reach"
    sentence = N_("Days have to lie between the years 2000 and 2199.")


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days in Warsaw, `last` included."""

    first: date
    last: date

    @property
    def span(self) -> Period:
        return local_days(self.first, (self.last - self.first).days + 1)

    @property
    def is_month(self) -> bool:
        """A whole month of the calendar, and nothing else."""
        return self == month_of(self.first)


def month_of(day: date) -> Days:
    return Days(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def days_asked(first: date | None, last: date | None, *, today: date) -> Days:
    """What is not said is filled in: the edge of the month of the other, or this month. Raises
    DaysOutOfReach, LastDayFirst, TooManyDays."""
    asked = Days(
        first or month_of(last or today).first,
        last or month_of(first or today).last,
    )
    if asked.first.year not in YEARS or asked.last.year not in YEARS:
        raise DaysOutOfReach()
    if asked.last < asked.first:
        raise LastDayFirst()
    if (asked.last - asked.first).days >= MOST_DAYS:
        raise TooManyDays()
    return asked


def month_before(days: Days) -> Days | None:
    """The month before the one that `days` begin in; none at the edge of time."""
    day = days.first.replace(day=1)
    return month_of(day - timedelta(days=1)) if day.year in YEARS and day > date(YEARS.start, 1, 1) else None


def month_after(days: Days) -> Days | None:
    """The month after the one that `days` begin in; none at the edge of time."""
    following = month_of(days.first).last + timedelta(days=1)
    return month_of(following) if following.year in YEARS else None
