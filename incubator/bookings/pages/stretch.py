"""A stretch of time in a form: two days and two times of the clock in Warsaw, free of any grid."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from incubator.bookings.pages.picking import picked
from incubator.bookings.pages.wishes import MOMENT, read_clock, read_day, read_moment
from incubator.kernel.period import WARSAW, Period

REACH = timedelta(days=1100)
HALF_HOUR = timedelta(minutes=30)
FIELDS = ("from_day", "from_time", "to_day", "to_time")


def asked_stretch(query: Mapping[str, str], *, now: datetime) -> dict[str, str]:
    """The fields as a link fills them: `date`, and `start` and `end` as "10:00" or as our links write
    moments; else an hour from the next half hour on, or from eight on another day."""
    day = read_day(query.get("date"), now=now)
    start = _moment(query.get("start"), day, now) or _usual(query.get("date"), day, now)
    end = _moment(query.get("end"), day, now)
    return fields_of(start, end if end and end > start else start + timedelta(hours=1))


def fields_of(start: datetime, end: datetime) -> dict[str, str]:
    first, last = start.astimezone(WARSAW), end.astimezone(WARSAW)
    return {
        "from_day": first.date().isoformat(),
        "from_time": first.strftime("%H:%M"),
        "to_day": last.date().isoformat(),
        "to_time": last.strftime("%H:%M"),
    }


def read_stretch(typed: Mapping[str, str], *, now: datetime) -> Period:
    """What was typed. Raises NoTimeChosen, also for days that no calendar of ours shows."""
    first, last = (_typed(typed[f"{which}_day"], typed[f"{which}_time"], now) for which in ("from", "to"))
    return picked(first, last)


def in_link(period: Period) -> list[tuple[str, str]]:
    """The query that fills the form with this stretch again."""
    return [("start", period.start.strftime(MOMENT)), ("end", period.end.strftime(MOMENT))]


def _typed(day: str, clock: str, now: datetime) -> datetime | None:
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return None
    return read_clock(clock, day=found) if abs(found - now.date()) < REACH else None


def _moment(text: str | None, day: date, now: datetime) -> datetime | None:
    found = read_clock(text, day=day) or read_moment(text)
    return found if found and abs(found - now) < REACH else None


def _usual(asked: str | None, day: date, now: datetime) -> datetime:
    eight = read_clock("08:00", day=day)
    assert eight is not None
    if asked and eight > now:
        return eight
    return now.replace(minute=0, second=0, microsecond=0) + HALF_HOUR * (now.minute // 30 + 1)
