"""What of a thing a report tells (RFC 4791, 9.6). Pure.

Nothing is worked out from a rule: an entry knows the dates that it stands for, and there are as many of them as there are
bookings. So no range that is asked for makes more work than the calendar as a whole.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from incubator.caldav.parts import ALL, Part, selected
from incubator.caldav.range import Range
from incubator.calendars.write import Entry, Status, single
from incubator.kernel.period import Period

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Data:
    """All where nothing is said. `expand` tells each date in a range by itself, `limit` leaves out what stands for a date
    that a range has nothing to do with, and `part` is what is wanted of the calendar object then."""

    expand: Range | None = None
    limit: Range | None = None
    part: Part = ALL


WHOLE = Data()


def dates(entry: Entry) -> Sequence[Period]:
    """Whenever it takes place."""
    return entry.repeats.told if entry.repeats is not None else (entry.period,)


def of_one_uid(uid: str, entries: Sequence[Entry]) -> Sequence[Entry]:
    """The entries of one thing, all with one UID (RFC 4791, 4.1). Where the rule of a series is not told, each of its dates
    is known by a UID of its own in a feed; here they are dates of a whole that nobody is told of, which is allowed, and
    known by when they begin."""
    if len({entry.uid for entry in entries}) == 1:
        return entries
    known: dict[datetime, Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.period):
        date = entry.period.start
        while date in known:
            date += SECOND
        if entry.status is not Status.CANCELLED:
            known[date] = entry._replace(uid=uid, instead_of=date)
    return list(known.values())


def written(entries: Sequence[Entry], data: Data) -> bytes:
    if data.expand:
        whole = single(sorted(expanded(entries, data.expand), key=lambda entry: entry.period), utc=True)
    else:
        whole = single(limited(entries, data.limit) if data.limit else entries)
    return whole if data.part == ALL else selected(whole.decode(), data.part).encode()


def expanded(entries: Iterable[Entry], within: Range) -> Iterable[Entry]:
    """Each date within it by itself, and which it is of those that repeat."""
    for entry in entries:
        for period in filter(within.meets, dates(entry)):
            date = period.start if entry.repeats else entry.instead_of
            yield entry._replace(period=period, repeats=None, instead_of=date)


def limited(entries: Sequence[Entry], within: Range) -> list[Entry]:
    """But for what stands for a date that is not within, nor was before it was otherwise."""
    usual = next((entry.period.length for entry in entries if entry.repeats), None)

    def within_once(entry: Entry, date: datetime) -> bool:
        was = Period(date, date + (usual or entry.period.length))
        return within.meets(entry.period) or within.meets(was)

    return [entry for entry in entries if entry.instead_of is None or within_once(entry, entry.instead_of)]
