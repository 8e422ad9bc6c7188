"""Content lines of iCalendar (RFC 5545, section 3.1): escaping, folding, times.

A fold in the wrong place makes Google drop the whole file, so cuts are made in octets and never
inside a character.
"""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from incubator.kernel.period import WARSAW
from incubator.kernel.zone import RULED

FOLD = 75
"""Octets in a line at most, its break not counted."""

SPECIAL = re.compile(r"[\\;,\x00-\x1f\x7f]")
ESCAPES = {ord("\\"): "\\\\", ord(";"): "\\;", ord(","): "\\,", ord("\n"): "\\n", ord("\t"): "\t"}
# Control characters have no place in a text (TSAFE-CHAR), not even escaped.
ESCAPES |= {code: "" for code in (*range(0x20), 0x7F) if code not in ESCAPES}
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def text(name: str, value: str) -> str:
    """The property `name` with a text that people wrote, folded."""
    return folded(f"{name}:{escaped(value)}")


def escaped(value: str) -> str:
    """`value` as a TEXT. Every kind of line break becomes one; control characters are left out."""
    if SPECIAL.search(value) is None:
        return value
    return value.replace("\r\n", "\n").replace("\r", "\n").translate(ESCAPES)


def plain(value: str) -> str:
    """The text that is left of `value` once it is escaped and read again."""
    if SPECIAL.search(value) is None:
        return value
    return CONTROLS.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))


def folded(line: str) -> str:
    """`line` in pieces of at most 75 octets, each but the first led by a space."""
    if len(line) <= FOLD and (line.isascii() or len(line) * 4 <= FOLD):
        return line
    if line.isascii():
        return "\r\n ".join([line[:FOLD], *(line[at : at + FOLD - 1] for at in range(FOLD, len(line), FOLD - 1))])
    octets = line.encode()
    if len(octets) <= FOLD:
        return line
    pieces, start, room = [], 0, FOLD
    while start < len(octets):
        end = _cut(octets, start + room)
        pieces.append(octets[start:end].decode())
        start, room = end, FOLD - 1
    return "\r\n ".join(pieces)


def _cut(octets: bytes, end: int) -> int:
    """The last place up to `end` where a character starts."""
    while end < len(octets) and octets[end] & 0xC0 == 0x80:
        end -= 1
    return end


def span(start: datetime, end: datetime) -> str:
    """DTSTART and DTEND on the clock in Warsaw, or both in UTC where that clock would not say which
    instant is meant: in the hour that October repeats, and outside the years of the zone's rules."""
    first, last = wall(start), wall(end)
    if first is None or last is None:
        return instants(start, end)
    return f"DTSTART;TZID=Europe/Warsaw:{first}\r\nDTEND;TZID=Europe/Warsaw:{last}"


def instants(start: datetime, end: datetime) -> str:
    """DTSTART and DTEND in UTC."""
    return f"DTSTART:{stamp(start)}\r\nDTEND:{stamp(end)}"


def days(start: datetime, end: datetime) -> str:
    """DTSTART and DTEND as days in Warsaw; the end is the day after the last."""
    return f"DTSTART;VALUE=DATE:{day(start):%Y%m%d}\r\nDTEND;VALUE=DATE:{day(end):%Y%m%d}"


def day(instant: datetime) -> date:
    """The day in Warsaw."""
    return instant.astimezone(WARSAW).date()


def clock(instant: datetime) -> str:
    """An instant that the clock in Warsaw names without doubt, as parameter and value."""
    local = wall(instant)
    assert local is not None, "a repeated hour, or a year without rules"
    return f"TZID=Europe/Warsaw:{local}"


def moment(instant: datetime, *, utc: bool) -> str:
    """An instant as all that follows the name of its property: on the clock in Warsaw, or in UTC if it is to be or that
    clock does not name it."""
    local = None if utc else wall(instant)
    return f":{stamp(instant)}" if local is None else f";TZID=Europe/Warsaw:{local}"


@lru_cache(maxsize=65_536)
def wall(instant: datetime) -> str | None:
    """What the clock in Warsaw shows, to the second; nothing where that is not enough."""
    local = instant.astimezone(WARSAW)
    if local.year not in RULED or local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
        return None
    return f"{local.year}{local.month:02}{local.day:02}T{local.hour:02}{local.minute:02}{local.second:02}"


@lru_cache(maxsize=65_536)
def stamp(instant: datetime) -> str:
    """An instant in UTC, to the second."""
    utc = instant.astimezone(UTC)
    return f"{utc.year:04}{utc.month:02}{utc.day:02}T{utc.hour:02}{utc.minute:02}{utc.second:02}Z"


def duration(length: timedelta) -> str:
    """Whole minutes, said in hours where they are."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    return f"PT{60 * hours + minutes}M" if minutes else f"PT{hours}H"
