"""Which things a calendar-query asks for (RFC 4791, 9.7). Pure.

Our calendars hold events alone, so a filter for anything else finds nothing. A thing fits where one of its entries does:
a time range is tried on each time that the entry stands for, all else on what is written of it.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import NamedTuple

from incubator.caldav.data import dates
from incubator.caldav.range import Range
from incubator.calendars.write import BARE, Entry, event

ASCII = "i;ascii-casemap"
COLLATIONS: Mapping[str, Callable[[str], str]] = {
    # Of octets the letters of ASCII alone have another case.
    ASCII: lambda text: text.encode().lower().decode(),
    "i;octet": str,
    "i;unicode-casemap": str.casefold,
}
"""What each makes of a text before it looks for a part of it (RFC 4790; the first two are a MUST)."""


@dataclass(frozen=True)
class Text:
    """Part of a value."""

    part: str
    negated: bool = False
    collation: str = ASCII

    def fits(self, value: str) -> bool:
        return (self._sought in COLLATIONS[self.collation](value)) != self.negated

    @cached_property
    def _sought(self) -> str:
        """Once for all values: it can be as long as a request."""
        return COLLATIONS[self.collation](self.part)


@dataclass(frozen=True, slots=True)
class Param:
    name: str
    absent: bool = False
    text: Text | None = None


@dataclass(frozen=True, slots=True)
class Prop:
    name: str
    absent: bool = False
    within: Range | None = None
    text: Text | None = None
    params: tuple[Param, ...] = ()


@dataclass(frozen=True, slots=True)
class Comp:
    name: str
    absent: bool = False
    within: Range | None = None
    props: tuple[Prop, ...] = ()
    comps: tuple["Comp", ...] = ()


class Line(NamedTuple):
    """A property as it is written, its value as text."""

    params: Mapping[str, str]
    value: str


@dataclass(frozen=True)
class Event:
    """An entry as filters look at it; it is written for those that ask for more than its times, once for all of them."""

    entry: Entry

    @cached_property
    def lines(self) -> "Lines":
        return Lines(event(self.entry))

    def meets(self, within: Range) -> bool:
        return any(map(within.meets, dates(self.entry)))

    @cached_property
    def instants(self) -> Mapping[str, datetime]:
        entry = self.entry
        said = {"DTSTART": entry.period.start, "DTEND": entry.period.end}
        said |= dict.fromkeys(("DTSTAMP", "LAST-MODIFIED"), entry.changed_at)
        return said | ({"CREATED": entry.created_at} if entry.created_at else {})


class Lines:
    """The properties of a component that we wrote, each read when it is first asked for: of most components no more than
    one ever is."""

    __slots__ = ("_read", "_text")

    def __init__(self, text: str) -> None:
        self._text, self._read = f"\r\n{text}", dict[str, Sequence[Line]]()

    def named(self, name: str) -> Sequence[Line]:
        if name not in self._read:
            self._read[name] = [_line(one.replace("\r\n ", "")) for one in _written_as(name).findall(self._text)]
        return self._read[name]


HELD = {"VEVENT", "VTIMEZONE"}
"""Components that there are in each thing."""


def fits(asked: Comp, entries: Sequence[Entry]) -> bool:
    """Whether the calendar object of these entries fits the filter for VCALENDAR."""
    events = list(map(Event, entries))
    return (
        asked.name == "VCALENDAR"
        and not asked.absent
        and (asked.within is None or any(event.meets(asked.within) for event in events))
        and _have(asked.props, OF_CALENDAR, {})
        and all(_component_fits(one, events) for one in asked.comps)
    )


def _component_fits(asked: Comp, events: Sequence[Event]) -> bool:
    if asked.absent or asked.name not in HELD:
        return asked.absent and asked.name not in HELD
    return asked.name != "VEVENT" or any(_event_fits(asked, event) for event in events)


def _event_fits(asked: Comp, event: Event) -> bool:
    return (
        (asked.within is None or event.meets(asked.within))
        # Our events hold no alarms.
        and all(one.absent for one in asked.comps)
        and (not asked.props or _have(asked.props, event.lines, event.instants))
    )


def _have(asked: Iterable[Prop], lines: Lines, instants: Mapping[str, datetime]) -> bool:
    return all(_has(one, lines.named(one.name), instants.get(one.name)) for one in asked)


def _has(asked: Prop, lines: Sequence[Line], instant: datetime | None) -> bool:
    """A DTEND that a length stands for is there for a range of time (9.9)."""
    if asked.absent:
        return not lines
    if asked.within is not None and (instant is None or not asked.within.has(instant)):
        return False
    if asked.within is not None and not lines:
        return not asked.params
    return any(
        (asked.text is None or asked.text.fits(line.value)) and all(_param_fits(one, line) for one in asked.params)
        for line in lines
    )


def _param_fits(asked: Param, line: Line) -> bool:
    value = line.params.get(asked.name)
    if value is None or asked.absent:
        return (value is None) == asked.absent
    return asked.text is None or asked.text.fits(value)


ESCAPED = re.compile(r"\\(.)")


@lru_cache(maxsize=256)
def _written_as(name: str) -> re.Pattern[str]:
    """The lines of that name, folded as they are."""
    return re.compile(rf"\r\n({re.escape(name)}[;:][^\r]*(?:\r\n [^\r]*)*)")


def _line(line: str) -> Line:
    """No parameter of ours is quoted."""
    said, _, value = line.partition(":")
    pairs = (one.partition("=") for one in said.split(";")[1:])
    plain = ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], value)
    return Line({key: given for key, _, given in pairs}, plain)


OF_CALENDAR = Lines("\r\n".join(BARE))
