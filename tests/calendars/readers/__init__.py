"""What other programs make of our calendars: icalendar, ical.js and libical behind one shape.

A reader that is not there skips its test and says what to install; on CI it fails instead.
"""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from icalendar import Calendar, Event

from tests.missing import missing

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, order=True)
class Seen:
    """An entry as a reader shows it; times in seconds since 1970."""

    uid: str
    start: int
    end: int
    summary: str
    location: str
    description: str
    status: str
    sequence: int


def with_icalendar(octets: bytes) -> list[Seen]:
    """Parsed by Python's icalendar, without an error."""
    calendar = Calendar.from_ical(octets)
    assert isinstance(calendar, Calendar)
    assert not calendar.errors and not any(event.errors for event in calendar.events)
    return sorted(map(_from_icalendar, calendar.events))


def with_ical_js(octets: bytes) -> list[Seen]:
    """Parsed by ical.js, the reader of Thunderbird and of many web calendars."""
    if shutil.which("node") is None:
        missing("Node.js: install Debian's nodejs")
    if not (HERE / "node_modules" / "ical.js").exists():
        missing("ical.js: run `npm ci --prefix tests/calendars/readers`")
    done = subprocess.run(["node", HERE / "read.mjs"], input=octets, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return sorted(Seen(**entry) for entry in json.loads(done.stdout)["entries"])


def with_libical(octets: bytes) -> list[Seen]:
    """Parsed by libical, the reader of Evolution, strictly. It trims texts."""
    done = subprocess.run([strict()], input=octets, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return sorted(map(_from_libical, done.stdout.decode().splitlines()))


READERS: tuple[Callable[[bytes], list[Seen]], ...] = (with_icalendar, with_ical_js, with_libical)


def instant(moment: datetime) -> int:
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
        instant(event["DTEND"].dt),
        str(event["SUMMARY"]),
        str(event.get("LOCATION", "")),
        str(event.get("DESCRIPTION", "")),
        str(event["STATUS"]),
        int(event["SEQUENCE"]),
    )


def _from_libical(line: str) -> Seen:
    start, end, uid, summary, location, description, status, sequence = line.split()
    return Seen(
        _text(uid),
        int(start),
        int(end),
        _text(summary),
        _text(location),
        _text(description),
        _text(status),
        int(sequence),
    )


def _text(hexadecimal: str) -> str:
    return bytes.fromhex(hexadecimal[1:]).decode()
