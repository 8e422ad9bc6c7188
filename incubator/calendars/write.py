"""Calendars as iCalendar text (RFC 5545 with the names of RFC 7986), written plainly.

icalendar's objects make about 5,500 events a second, this some 100,000; icalendar reads it back in
the tests, as do libical and ical.js. Nothing here looks at a clock: the same entries give the same
octets, which a strong validator needs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from incubator.calendars.lines import duration, escaped, folded, span, stamp, text
from incubator.kernel.period import Period
from incubator.kernel.zone import ZONE

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Stowarzyszenie Metropolia Krakowska//incubator//PL"


class Status(StrEnum):
    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


class Entry(NamedTuple):
    """One thing in a calendar. `uid` stays for as long as the thing is the same, `sequence` counts
    its changes, `changed_at` is its last. `uid` and `url` are ours and come as they are; all else is text.
    A tuple, as it is made four times as quickly as a frozen dataclass, and a feed is made of thousands."""

    uid: str
    period: Period
    summary: str
    changed_at: datetime
    status: Status = Status.CONFIRMED
    sequence: int = 0
    description: str = ""
    location: str = ""
    categories: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a calendar says of itself. `refresh` is how often it is worth asking again; a file to
    take away has none."""

    name: str
    description: str = ""
    url: str = ""
    refresh: timedelta | None = None


def calendar(head: Head, entries: Iterable[Entry]) -> bytes:
    """The whole calendar. No METHOD: this is something to read, not an invitation."""
    return "\r\n".join((*_opening(head), ZONE, *map(event, entries), "END:VCALENDAR\r\n")).encode()


def event(entry: Entry) -> str:
    """One VEVENT, without a line break at its end."""
    uid, period, summary, changed_at, status, sequence, description, location, categories, url = entry
    # Without a METHOD, DTSTAMP says when the entry was last revised (RFC 5545, 3.8.7.2).
    changed = stamp(changed_at)
    said = f"\r\n{text('DESCRIPTION', description)}" if description else ""
    where = _where(location, categories) if location or categories else ""
    page = f"\r\n{folded(f'URL:{url}')}" if url else ""
    return (
        f"BEGIN:VEVENT\r\n{folded(f'UID:{uid}')}\r\nDTSTAMP:{changed}\r\nLAST-MODIFIED:{changed}\r\nSEQUENCE:{sequence}\r\n"
        f"{span(period.start, period.end)}\r\n{text('SUMMARY', summary)}\r\n{STANDS[status]}{said}{where}{page}\r\nEND:VEVENT"
    )


STANDS = {one: f"STATUS:{one}\r\nTRANSP:{'TRANSPARENT' if one is Status.CANCELLED else 'OPAQUE'}" for one in Status}


@lru_cache(maxsize=4096)
def _where(location: str, categories: tuple[str, ...]) -> str:
    """Remembered: a calendar has many entries and few places. Led by a line break."""
    lines = ["", text("LOCATION", location)] if location else [""]
    if categories:
        lines.append(folded(f"CATEGORIES:{','.join(map(escaped, categories))}"))
    return "\r\n".join(lines)


def _opening(head: Head) -> list[str]:
    """The names twice: RFC 7986's, and the older X- ones that Google, Apple and Outlook read."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"]
    lines += [text("NAME", head.name), text("X-WR-CALNAME", head.name)]
    if head.description:
        lines += [text("DESCRIPTION", head.description), text("X-WR-CALDESC", head.description)]
    if head.url:
        lines.append(folded(f"URL:{head.url}"))
    if head.refresh:
        often = duration(head.refresh)
        lines += [f"REFRESH-INTERVAL;VALUE=DURATION:{often}", f"X-PUBLISHED-TTL:{often}"]
    return lines
