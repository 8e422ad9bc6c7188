"""What other programs make of our calendars: icalendar, ical.js and libical behind one shape.

A reader that is not there skips its test and says what to install; on CI it fails instead.
"""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

import recurring_ical_events
from icalendar import Calendar, Event

from incubator.kernel.period import local_midnight
from tests.missing import missing

JSON = str | int | float | list["JSON"] | dict[str, "JSON"]
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, order=True)
class Seen:
    """An entry as a reader shows it; times in seconds since 1970, days from midnight to midnight in Warsaw."""

    uid: str
    start: int
    end: int
    summary: str
    location: str
    description: str
    status: str
    sequence: int
    all_day: bool = False


def with_icalendar(octets: bytes) -> list[Seen]:
    """Parsed by Python's icalendar, without an error."""
    calendar = Calendar.from_ical(octets)
    assert isinstance(calendar, Calendar)
    assert not calendar.errors and not any(event.errors for event in calendar.events)
    return sorted(map(_from_icalendar, calendar.events))


def with_icalendar_of_json(octets: bytes) -> list[Seen]:
    """jCal, read by Python's icalendar."""
    calendar = Calendar.from_jcal(octets.decode())
    assert isinstance(calendar, Calendar)
    return sorted(map(_from_icalendar, calendar.events))


def as_json_by_ical_js(octets: bytes) -> JSON:
    """The jCal that ical.js makes of an iCalendar."""
    made: JSON = json.loads(in_node("json.mjs", octets))
    return made


def with_ical_js(octets: bytes) -> list[Seen]:
    """Parsed by ical.js, the reader of Thunderbird and of many web calendars."""
    return sorted(map(_from_ical_js, json.loads(in_node("read.mjs", octets))["entries"]))


def expanded_by_ical_js(octets: bytes) -> list[Seen]:
    """All that ical.js shows, what repeats as often as it does."""
    return sorted(map(_from_ical_js, json.loads(in_node("expand.mjs", octets))))


def expanded_by_icalendar(octets: bytes, *, first: datetime, last: datetime) -> list[Seen]:
    """What the recurring-ical-events of Python's icalendar shows between the two."""
    calendar = Calendar.from_ical(octets)
    assert isinstance(calendar, Calendar)
    return sorted(map(_from_icalendar, recurring_ical_events.of(calendar).between(first, last)))


def in_node(script: str, octets: bytes = b"", *words: str, package: str = "ical.js") -> str:
    """What one of the scripts beside this file says of the calendar. It needs the package."""
    if shutil.which("node") is None:
        missing("Node.js: install Debian's nodejs")
    if not (HERE / "node_modules" / package).exists():
        missing(f"{package}: run `npm ci --prefix tests/calendars/readers`")
    done = subprocess.run(["node", HERE / script, *words], input=octets, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def with_libical(octets: bytes) -> list[Seen]:
    """Parsed by libical, the reader of Evolution, strictly. It trims texts."""
    done = subprocess.run([strict()], input=octets, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return sorted(map(_from_libical, done.stdout.decode().splitlines()))


def checked_by_libical(octets: bytes) -> None:
    """Parsed by libical without an error, whatever is in it."""
    with_libical(octets)


READERS: tuple[Callable[[bytes], list[Seen]], ...] = (with_icalendar, with_ical_js, with_libical)


def instant(moment: date) -> int:
    if not isinstance(moment, datetime):
        return int(local_midnight(moment).timestamp())
    assert moment.tzinfo is not None, "a floating time"
    return int(moment.timestamp())


@cache
def strict() -> Path:
    """The strict checker, compiled for this run."""
    found = subprocess.run(["pkg-config", "--cflags", "--libs", "libical"], capture_output=True, text=True, check=False)
    if shutil.which("gcc") is None or found.returncode != 0:
        missing("libical: install Debian's libical-dev, gcc and pkg-config")
    made = Path(tempfile.mkdtemp(prefix="libical-")) / "strict"
    subprocess.run(["gcc", "-O1", "-o", made, HERE / "strict.c", *found.stdout.split()], check=True)
    return made


def _from_icalendar(event: Event) -> Seen:
    return Seen(
        str(event["UID"]),
        instant(event["DTSTART"].dt),
        instant(event.end),
        str(event["SUMMARY"]),
        str(event.get("LOCATION", "")),
        str(event.get("DESCRIPTION", "")),
        str(event["STATUS"]),
        int(event["SEQUENCE"]),
        not isinstance(event["DTSTART"].dt, datetime),
    )


def _from_ical_js(told: dict[str, str | int]) -> Seen:
    return Seen(
        str(told["uid"]),
        _moment(str(told["start"])),
        _moment(str(told["end"])),
        *(str(told[name]) for name in ("summary", "location", "description", "status")),
        int(told["sequence"]),
        "-" in str(told["start"])[1:],
    )


def _from_libical(line: str) -> Seen:
    start, end, uid, summary, location, description, status, sequence = line.split()
    return Seen(
        _text(uid),
        _moment(start),
        _moment(end),
        _text(summary),
        _text(location),
        _text(description),
        _text(status),
        int(sequence),
        "-" in start[1:],
    )


def _moment(said: str) -> int:
    """A day, or seconds since 1970."""
    return instant(date.fromisoformat(said)) if "-" in said[1:] else int(said)


def _text(hexadecimal: str) -> str:
    return bytes.fromhex(hexadecimal[1:]).decode()
