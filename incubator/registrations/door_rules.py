"""What follows from what was seen at the door. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from incubator.kernel.period import Period

AHEAD = timedelta(minutes=5)
"""So much a tablet's clock may be fast."""
BEHIND = timedelta(days=366)
"""A clock that is so slow was never set."""


class Kind(StrEnum):
    """`undo` takes back everything of the ticket before it; `walk_in` brings a ticket of its own."""

    IN = "in"
    OUT = "out"
    UNDO = "undo"
    WALK_IN = "walk_in"


@dataclass(frozen=True, slots=True)
class Seen:
    """That somebody came or went."""

    kind: Kind
    at: datetime


@dataclass(frozen=True, slots=True)
class Attendance:
    """The first time in, the last time out, and the minutes that count; no minutes where they are not known."""

    checked_in_at: datetime | None = None
    checked_out_at: datetime | None = None
    minutes: int | None = None


def attended(events: Iterable[Seen], *, period: Period, checks_out: bool) -> Attendance:
    """What the events of one ticket come to, in the order of their times whatever order they were handed in.

    Where the session checks out, the time between in and out counts, within the session, and who was never seen to
    leave has no minutes until somebody says how many; elsewhere who came has been there."""
    first: datetime | None = None
    last: datetime | None = None
    inside: datetime | None = None
    spent = timedelta()
    for event in sorted(events, key=lambda seen: seen.at):
        if event.kind == Kind.UNDO:
            first = last = inside = None
            spent = timedelta()
        elif event.kind == Kind.OUT:
            if inside is not None:
                spent += _within(inside, event.at, period)
                inside, last = None, event.at
        else:
            first, inside, last = first or event.at, inside or event.at, None
    if first is None:
        return Attendance()
    if not checks_out:
        return Attendance(first, last, period.minutes)
    return Attendance(first, last, None if inside is not None else int(spent.total_seconds() // 60))


def believed(at: datetime, *, now: datetime) -> datetime:
    """The tablet's time, unless it is ahead of ours, or makes no sense."""
    return now if at > now + AHEAD or at < now - BEHIND else min(at, now)


def _within(start: datetime, end: datetime, period: Period) -> timedelta:
    return max(min(end, period.end) - max(start, period.start), timedelta())
