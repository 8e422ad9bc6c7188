"""What of a thing a report tells (RFC 4791, 9.6). Pure.

Nothing is worked out from a rule: an entry knows the dates that it stands for, and there are as many of them as there are
bookings. So no range that is asked for makes more work than the calendar as a whole.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from incubator.caldav.filters import Range
from incubator.calendars.write import Entry, single
from incubator.kernel.period import Period


@dataclass(frozen=True, slots=True)
class Data:
    """All where nothing is said. `expand` tells each date in a range by itself."""

    expand: Range | None = None


WHOLE = Data()


def dates(entry: Entry) -> Sequence[Period]:
    """Whenever it takes place."""
    return entry.repeats.told if entry.repeats is not None else (entry.period,)


def written(entries: Sequence[Entry], data: Data) -> bytes:
    return (
        single(sorted(expanded(entries, data.expand), key=lambda entry: entry.period), utc=True)
        if data.expand
        else single(entries)
    )


def expanded(entries: Iterable[Entry], within: Range) -> Iterable[Entry]:
    """Each date within it by itself, and which it is of those that repeat."""
    for entry in entries:
        for period in filter(within.meets, dates(entry)):
            date = period.start if entry.repeats else entry.instead_of
            yield entry._replace(period=period, repeats=None, instead_of=date)
