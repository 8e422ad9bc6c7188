"""Apps that others wrote, behind one shape: each keeps its own copy of the calendars, and shows what it makes of it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol

import recurring_ical_events
from icalendar import Calendar

from incubator.kernel.period import WARSAW

FIRST, LAST = datetime(2026, 9, 1, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC)
"""What an app is asked to show."""


@dataclass(frozen=True, slots=True, order=True)
class Shown:
    """One entry on one day, on the clock in Warsaw: `when` as `08.09. 10:00–11:00`."""

    when: str
    title: str
    uid: str
    status: str = "CONFIRMED"


@dataclass(frozen=True, slots=True)
class Account:
    """What a person types in: where the service is, who they are and a token. `feed` is the address of their feed, for
    an app that knows no other way."""

    address: str
    name: str
    token: str
    feed: str


class App(Protocol):
    """An app that a person has set up."""

    async def look(self) -> list[Shown]:
        """It asks the service for what is new, and shows what it has in order of time."""


def shown(*, uid: str, title: str, status: str, start: datetime, end: datetime) -> Shown:
    first, last = start.astimezone(WARSAW), end.astimezone(WARSAW)
    return Shown(f"{first:%d.%m. %H:%M}–{last:%H:%M}", title, uid, status)


def shown_of(files: Iterable[str | bytes]) -> list[Shown]:
    """What apps show that keep things as files. No entry is in them twice."""
    found: list[Shown] = []
    names: Counter[tuple[str, date | None]] = Counter()
    for text in files:
        calendar = Calendar.from_ical(text)
        assert isinstance(calendar, Calendar)
        for entry in calendar.events:
            names[str(entry["UID"]), entry["RECURRENCE-ID"].dt if "RECURRENCE-ID" in entry else None] += 1
        for one in recurring_ical_events.of(calendar).between(FIRST, LAST):
            uid, title, status = (str(one[name]) for name in ("UID", "SUMMARY", "STATUS"))
            found.append(shown(uid=uid, title=title, status=status, start=one["DTSTART"].dt, end=one.end))
    assert set(names.values()) <= {1}, names
    return sorted(found)
