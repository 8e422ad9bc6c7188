"""Calendars as iCalendar text (RFC 5545 with the names of RFC 7986), written plainly.

icalendar's objects make about 5,500 events a second, this some 100,000; icalendar reads it back in
the tests, as do libical and ical.js. Nothing here looks at a clock: the same entries give the same
octets, which a strong validator needs.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from incubator.calendars.lines import clock, days, duration, escaped, folded, instants, moment, span, stamp, text
from incubator.kernel.period import Period
from incubator.kernel.zone import ZONE

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Stowarzyszenie Metropolia Krakowska//incubator//PL"

BARE = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN")


class Status(StrEnum):
    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


class Repeats(NamedTuple):
    """That an entry comes again: every `every_weeks` weeks on `weekdays` (1 Monday … 7 Sunday), `times` in all with
    those `left_out`, whose starts these are. `told` is when it takes place but for what has an entry of its own."""

    weekdays: tuple[int, ...]
    every_weeks: int
    times: int
    left_out: tuple[datetime, ...]
    told: tuple[Period, ...]


class Entry(NamedTuple):
    """One thing in a calendar. `uid` stays for as long as the thing is the same, `sequence` counts
    its changes, `changed_at` is its last. `uid`, `color` and addresses are ours and come as they are; all else is text.
    `color` is a name of CSS, `geo` latitude and longitude, `conference` where to join, for who may know it. `free` is
    what takes nobody's time, `all_day` what is of days rather than of hours: its period goes from midnight to midnight in
    Warsaw. Of what repeats, one entry `repeats`, and what is otherwise once is an entry with the same `uid` that is
    `instead_of` the date that starts then.
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
    color: str = ""
    geo: tuple[float, float] | None = None
    image: str = ""
    conference: str = ""
    created_at: datetime | None = None
    free: bool = False
    repeats: Repeats | None = None
    instead_of: datetime | None = None
    all_day: bool = False


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
    return joined(head, [event(entry).encode() for entry in entries])


def joined(head: Head, events: Iterable[bytes]) -> bytes:
    """The whole calendar from events that are written already."""
    return b"\r\n".join((opening(head).encode(), *events, CLOSING.encode()))


def single(entries: Iterable[Entry], *, utc: bool = False) -> bytes:
    """One thing as a calendar object (RFC 4791, 4.1): its entries, which have one UID, and nothing of a calendar. In `utc`
    no zone is told."""
    zone = () if utc else (ZONE,)
    return "\r\n".join((*BARE, *zone, *(event(entry, utc=utc) for entry in entries), CLOSING)).encode()


def event(entry: Entry, *, utc: bool = False) -> str:
    """One VEVENT, without a line break at its end; its hours on the clock in Warsaw or in `utc`, in which nothing
    repeats."""
    (uid, period, summary, changed_at, status, sequence, description, location, categories, url, color, geo, image,
     conference, created_at, free, repeats, instead_of, all_day) = entry  # fmt: skip
    # Without a METHOD, DTSTAMP says when the entry was last revised (RFC 5545, 3.8.7.2).
    changed = stamp(changed_at)
    made = f"CREATED:{stamp(created_at)}\r\n" if created_at else ""
    said = f"\r\n{text('DESCRIPTION', description)}" if description else ""
    page = f"\r\n{folded(f'URL:{url}')}" if url else ""
    join = f"\r\n{folded(f'{CONFERENCE}:{conference}')}" if conference and ADDRESS.fullmatch(conference) else ""
    again = f"RECURRENCE-ID{moment(instead_of, utc=utc)}\r\n" if instead_of else ""
    hours = instants if utc else span
    when = _repeated(period, repeats) if repeats else (days if all_day else hours)(period.start, period.end)
    return (
        f"BEGIN:VEVENT\r\n{folded(f'UID:{uid}')}\r\n{again}DTSTAMP:{changed}\r\n{made}LAST-MODIFIED:{changed}\r\n"
        f"SEQUENCE:{sequence}\r\n{when}\r\n{text('SUMMARY', summary)}\r\n{STANDS[status, free]}{said}"
        f"{_where(location, categories, color, geo, image)}{page}{join}\r\nEND:VEVENT"
    )


CONFERENCE = "CONFERENCE;VALUE=URI;FEATURE=VIDEO"
# People wrote it, and nothing can be escaped in an address.
ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f]+")
STANDS = {
    (one, free): f"STATUS:{one}\r\nTRANSP:{'TRANSPARENT' if free or one is Status.CANCELLED else 'OPAQUE'}"
    for one in Status
    for free in (False, True)
}
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def rule(repeats: Repeats) -> str:
    """The RRULE. Weeks begin on Monday, which is what it means where nothing is said."""
    often = f"INTERVAL={repeats.every_weeks};" if repeats.every_weeks > 1 else ""
    days = ",".join(WEEKDAYS[day - 1] for day in repeats.weekdays)
    return f"FREQ=WEEKLY;{often}COUNT={repeats.times};BYDAY={days}"


def _repeated(period: Period, repeats: Repeats) -> str:
    """A length rather than an end: of an end, readers think differently in a night when clocks change."""
    lines = [f"DTSTART;{clock(period.start)}", f"DURATION:{duration(period.length)}", f"RRULE:{rule(repeats)}"]
    if repeats.left_out:
        days = ",".join(clock(day).partition(":")[2] for day in repeats.left_out)
        lines.append(folded(f"EXDATE;TZID=Europe/Warsaw:{days}"))
    return "\r\n".join(lines)


@lru_cache(maxsize=4096)
def _where(location: str, categories: tuple[str, ...], color: str, geo: tuple[float, float] | None, image: str) -> str:
    """Remembered: a calendar has many entries and few places. Led by a line break."""
    lines = ["", text("LOCATION", location)] if location else [""]
    if geo:
        lines.append(f"GEO:{geo[0]:.6f};{geo[1]:.6f}")
    if categories:
        lines.append(folded(f"CATEGORIES:{','.join(map(escaped, categories))}"))
    if color:
        lines.append(f"COLOR:{color}")
    if image:
        lines.append(folded(f"IMAGE;VALUE=URI;DISPLAY=FULLSIZE;FMTTYPE=image/webp:{image}"))
    return "\r\n".join(lines)


CLOSING = "END:VCALENDAR\r\n"


def opening(head: Head) -> str:
    """What comes before the entries, without a line break at its end. The names twice: RFC 7986's, and the older
    X- ones that Google, Apple and Outlook read."""
    lines = [*BARE, text("NAME", head.name), text("X-WR-CALNAME", head.name)]
    if head.description:
        lines += [text("DESCRIPTION", head.description), text("X-WR-CALDESC", head.description)]
    if head.url:
        lines.append(folded(f"URL:{head.url}"))
    if head.refresh:
        often = duration(head.refresh)
        lines += [f"REFRESH-INTERVAL;VALUE=DURATION:{often}", f"X-PUBLISHED-TTL:{often}"]
    return "\r\n".join((*lines, ZONE))
