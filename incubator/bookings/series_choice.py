"""Which dates of a series are meant. Pure."""

from datetime import datetime
from enum import StrEnum

from incubator.bookings.series import Occurrence, SeriesView
from incubator.kernel.errors import N_, NotFound


class Which(StrEnum):
    """This date, this and the following ones, or all that are still to come."""

    THIS = "this"
    FOLLOWING = "following"
    ALL = "all"


class NoSuchOccurrence(NotFound):
    """No date with this number that is booked and still to come; of "following", no such number."""

    code = "no_such_occurrence"
    sentence = N_("This date of the series is not booked, or has begun already.")


def chosen(series: SeriesView, *, which: Which, occurrence: int | None, now: datetime) -> list[Occurrence]:
    """The booked dates that are meant, at least one, in order; what has begun stays as it was. "All"
    needs no occurrence; of "following" the occurrence itself may be one that was skipped. Raises
    NoSuchOccurrence."""
    to_come = series.to_come(now)
    if which == Which.THIS:
        found = [one for one in to_come if one.occurrence == occurrence]
    elif which == Which.FOLLOWING:
        known = any(one.occurrence == occurrence for one in series.occurrences)
        found = [one for one in to_come if known and occurrence is not None and one.occurrence >= occurrence]
    else:
        found = to_come
    if not found:
        raise NoSuchOccurrence()
    return found
