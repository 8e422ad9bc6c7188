"""Which entries a calendar-query asks for (RFC 4791, 9.7). Pure.

Our calendars hold events alone, so a filter for anything else finds nothing. A time range is tried on each time that
the event takes place.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from incubator.kernel.period import Period


@dataclass(frozen=True, slots=True)
class Range:
    """Half-open; an open end is None, never both."""

    start: datetime | None
    end: datetime | None

    def meets(self, period: Period) -> bool:
        return (self.end is None or period.start < self.end) and (self.start is None or period.end > self.start)


@dataclass(frozen=True, slots=True)
class Text:
    """Part of a value, whatever the case of its letters."""

    part: str
    negated: bool = False

    def fits(self, value: str) -> bool:
        return (self.part.casefold() in value.casefold()) != self.negated


@dataclass(frozen=True, slots=True)
class Prop:
    name: str
    absent: bool = False
    within: Range | None = None
    text: Text | None = None


@dataclass(frozen=True, slots=True)
class Comp:
    name: str
    absent: bool = False
    within: Range | None = None
    props: tuple[Prop, ...] = ()
    comps: tuple["Comp", ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """What filters look at: when it takes place, and its values by property, in upper case."""

    periods: tuple[Period, ...]
    values: Mapping[str, str]


def fits(asked: Comp, event: Event) -> bool:
    """Whether a calendar with this one event fits the filter for VCALENDAR."""
    return asked.name == "VCALENDAR" and not asked.absent and all(_event_fits(one, event) for one in asked.comps)


def span_of(asked: Comp) -> Range | None:
    """The range of time that every event of the answer meets, where the filter names one: for narrowing the search."""
    found: Iterable[Range | None] = (one.within for one in asked.comps if one.name == "VEVENT")
    return next((one for one in found if one is not None), None)


def _event_fits(asked: Comp, event: Event) -> bool:
    if asked.name != "VEVENT":
        return asked.absent
    if asked.absent:
        return False
    return (
        (asked.within is None or any(map(asked.within.meets, event.periods)))
        # Our events hold no alarms.
        and all(one.absent for one in asked.comps)
        and all(_value_fits(one, event) for one in asked.props)
    )


def _value_fits(asked: Prop, event: Event) -> bool:
    value = event.values.get(asked.name)
    if value is None or asked.absent:
        return (value is None) == asked.absent
    return (asked.text is None or asked.text.fits(value)) and (
        asked.within is None or any(map(asked.within.meets, event.periods))
    )
