"""The program that reads a calendar file, in a process of its own with little memory and time (read_file.py).

It gets one line of JSON, the first and last instant that are asked for, and then the file; it answers with one JSON
object: `busy`, [start, end, UID where it could be one of ours] each, and `skipped`, how many entries could not be
read; or `problem`, a word. It imports nothing of the house, so it knows nothing that a hostile file could carry away.
"""

import json
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

import x_wr_timezone
from icalendar import Calendar, Component
from recurring_ical_events import CalendarQuery

MOST = 20_000
"""Occurrences that are looked at; a week of meetings each half an hour, for a year, is less."""
STEP = timedelta(days=20)
"""What recurs within a day, or on a long list of dates, is looked at for so long at a time, to stop early."""

HOME, SKIPPED = ZoneInfo("Europe/Warsaw"), timedelta(hours=3)
OURS = re.compile(r"(?:[a-z]+-)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:@incubator)?")
RECURRING = {"RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}
TIMES = {"DTSTART", "DTEND", "DURATION", *RECURRING}
WITHIN_A_DAY, MOMENTS = {"HOURLY", "MINUTELY", "SECONDLY"}, {"BYHOUR", "BYMINUTE", "BYSECOND"}

Busy = tuple[datetime, datetime, str]


class NotACalendar(Exception):
    """No calendar, or one that was cut off."""


class TooMany(Exception):
    """More than MOST occurrences."""


@dataclass(slots=True)
class Found:
    """What was read so far."""

    first: datetime
    last: datetime
    busy: list[Busy] = field(default_factory=list)
    skipped: int = 0

    def add(self, start: datetime, end: datetime, uid: str) -> None:
        """Raises TooMany."""
        start, end = max(start, self.first), min(end, self.last)
        if start < end:
            self.busy.append((start, end, uid))
        if len(self.busy) > MOST:
            raise TooMany()


def main() -> None:
    told = json.loads(sys.stdin.buffer.readline())
    first, last = (datetime.fromisoformat(told[name]) for name in ("first", "last"))
    json.dump(answer(sys.stdin.buffer.read(), first, last), sys.stdout)


def answer(octets: bytes, first: datetime, last: datetime) -> dict[str, object]:
    try:
        found = expand(octets, first, last)
    except NotACalendar:
        return {"problem": "not_a_calendar"}
    except TooMany:
        return {"problem": "too_many"}
    except MemoryError:
        return {"problem": "too_much"}
    except Exception as error:  # libraries raise what they like at a broken file; this is where it ends
        print(type(error).__name__, file=sys.stderr)
        return {"problem": "unreadable"}
    return {"busy": [(one.isoformat(), two.isoformat(), uid) for one, two, uid in found.busy], "skipped": found.skipped}


def expand(octets: bytes, first: datetime, last: datetime) -> Found:
    """What the file says is busy between the two, clipped to that. Raises NotACalendar, TooMany, and whatever the
    libraries do."""
    found = Found(first.astimezone(UTC), last.astimezone(UTC))
    for calendar in calendars(octets):
        zone = zone_of(calendar)
        for series in series_of(x_wr_timezone.to_standard(calendar)):
            if any(name in TIMES for event in series for name, _ in event.errors):
                found.skipped += 1
                continue
            before = len(found.busy)
            try:
                for occurrence in occurrences(series, found, zone):
                    if blocks(occurrence):
                        found.add(*times_of(occurrence, found, zone), uid_of(occurrence))
            except (TooMany, MemoryError):
                raise
            except Exception:  # one broken entry does not make the others free
                del found.busy[before:]
                found.skipped += 1
        for start, end in free_busy(calendar, found, zone):
            found.add(start, end, "")
    return found


def calendars(octets: bytes) -> Sequence[Component]:
    text = octets.decode("utf-8-sig", "replace").replace("\0", "")
    if "BEGIN:VCALENDAR" not in text.upper():
        raise NotACalendar()
    try:
        found = [one for one in Calendar.from_ical(text, multiple=True) if one.name == "VCALENDAR"]
    except (ValueError, IndexError, KeyError):
        raise NotACalendar() from None
    if not found or len(found) < len(re.findall(r"(?im)^BEGIN:VCALENDAR\s*$", text)):
        raise NotACalendar()
    return found


def zone_of(calendar: Component) -> tzinfo:
    """In which zone times without one are meant; one that is not known is taken out, as libraries fail at it."""
    try:
        return ZoneInfo(str(calendar.get("X-WR-TIMEZONE", HOME.key)).strip())
    except (ValueError, OSError, KeyError):
        del calendar["X-WR-TIMEZONE"]
        return HOME


def series_of(calendar: Component) -> Iterable[list[Component]]:
    """Entries of one UID belong together: a rule and what is different on some days."""
    together: dict[str, list[Component]] = defaultdict(list)
    for number, event in enumerate(calendar.walk("VEVENT")):
        together[str(event.get("UID", f"\0{number}"))].append(event)
    return together.values()


def occurrences(series: list[Component], found: Found, zone: tzinfo) -> Iterator[Component]:
    if len(series) == 1 and not RECURRING & series[0].keys():
        yield series[0]
        return
    calendar = Calendar()
    for event in series:
        if "DTSTART" not in event:
            raise ValueError("no start")
        calendar.add_component(event)
    query = CalendarQuery(calendar)
    # A day more on both sides: times without a zone are compared as if they were in that of the question.
    start, end = found.first.astimezone(zone) - timedelta(days=1), found.last.astimezone(zone) + timedelta(days=1)
    step = STEP if any(map(is_dense, series)) else end - start
    while start < end:
        listed = query.between(start, min(start + step, end))
        if len(listed) > MOST:
            raise TooMany()
        yield from listed
        start += step


def is_dense(event: Component) -> bool:
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        freq = {str(one).upper() for one in rule.get("FREQ", [])}
        if "SECONDLY" in freq:
            raise TooMany()
        moments = [len(listed) for name, listed in rule.items() if str(name).upper() in MOMENTS]
        if math.prod(moments) > MOST // 400:
            raise TooMany()
        if freq & WITHIN_A_DAY or moments:
            return True
    dates = event.get("RDATE", [])
    return sum(len(one.dts) for one in (dates if isinstance(dates, list) else [dates])) > MOST // 20


def blocks(event: Component) -> bool:
    """Whether it says that its time is taken. An entry of which nothing is said is busy."""
    said = [str(event.get(name, "")).strip().upper() for name in ("TRANSP", "STATUS", "X-MICROSOFT-CDO-BUSYSTATUS")]
    return said[0] != "TRANSPARENT" and said[1] != "CANCELLED" and said[2] != "FREE"


def times_of(event: Component, found: Found, zone: tzinfo) -> tuple[datetime, datetime]:
    """Start and end in UTC. Raises ValueError for an end before the start, or no start."""
    start, end, length = (getattr(event.get(name), "dt", None) for name in ("DTSTART", "DTEND", "DURATION"))
    if not isinstance(start, date):
        raise ValueError("no start")
    if not isinstance(end, date):
        whole_day = timedelta(days=not isinstance(start, datetime))
        end = later(start, length if isinstance(length, timedelta) else whole_day)
    if isinstance(start, datetime) != isinstance(end, datetime):
        start, end = (one if isinstance(one, datetime) else datetime.combine(one, time(), zone) for one in (start, end))
    one, two = instant(start, found, zone), instant(end, found, zone)
    clock = isinstance(start, datetime) and isinstance(end, datetime) and start.tzinfo is end.tzinfo
    if two <= one and clock and timedelta() < end - start < SKIPPED:
        two = one + (end - start)  # it begins in the hour that the clock skips in March
    if two < one:
        raise ValueError("an end before the start")
    return one, two


def later(start: date, length: timedelta) -> date:
    """A length of hours is of real time; a day is one on the clock. Raises ValueError for one that is negative."""
    if length < timedelta():
        raise ValueError("an end before the start")
    try:
        if isinstance(start, datetime) and start.tzinfo is not None and length % timedelta(days=1):
            return (start.astimezone(UTC) + length).astimezone(start.tzinfo)
        return start + length
    except OverflowError:
        return type(start).max


def instant(moment: date, found: Found, zone: tzinfo) -> datetime:
    """In UTC, and never further off than a year from what is asked for: nothing is reckoned near the ends of time."""
    if moment.year < found.first.year - 1:
        return found.first - timedelta(days=1)
    if moment.year > found.last.year + 1:
        return found.last + timedelta(days=1)
    whole = moment if isinstance(moment, datetime) else datetime.combine(moment, time())
    return (whole if whole.tzinfo is not None else whole.replace(tzinfo=zone)).astimezone(UTC)


def free_busy(calendar: Component, found: Found, zone: tzinfo) -> Iterator[tuple[datetime, datetime]]:
    for component in calendar.walk("VFREEBUSY"):
        stretches = component.get("FREEBUSY", [])
        for stretch in stretches if isinstance(stretches, list) else [stretches]:
            if str(stretch.params.get("FBTYPE", "BUSY")).upper() != "FREE":
                yield instant(stretch.start, found, zone), instant(stretch.end, found, zone)


def uid_of(event: Component) -> str:
    """The key in its UID, where it looks like one of ours; what else it is called is nobody's business."""
    found = OURS.fullmatch(str(event.get("UID", "")).strip().lower())
    return found[1] if found else ""
