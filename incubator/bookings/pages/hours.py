"""Opening hours as a page says them."""

from collections.abc import Iterable
from datetime import date

from incubator.places.views import HoursView, IncubatorView

Hours = tuple[tuple[str, str], ...]


def hours_today(incubator: IncubatorView, today: date) -> Hours:
    """From and to, of each stretch; none where it is closed. An exception goes before the week."""
    for exception in incubator.exceptions:
        if exception.day == today:
            return tuple((opens, closes) for opens, closes in exception.hours)
    return _on(incubator.hours, today.isoweekday())


def weekly(incubator: IncubatorView) -> list[tuple[int, Hours]]:
    """The hours of each weekday (1 Monday … 7 Sunday); nothing at all where none were set."""
    return [(weekday, _on(incubator.hours, weekday)) for weekday in range(1, 8)] if incubator.hours else []


def _on(hours: Iterable[HoursView], weekday: int) -> Hours:
    return tuple((one.opens, one.closes) for one in hours if one.weekday == weekday)
