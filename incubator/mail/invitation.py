"""What a mail tells a calendar (iTIP, RFC 5546): this takes place, or no longer.

Who is invited stands in it only once it is sent (`enclose.py`): the same words serve whoever reads them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from icalendar import Calendar, Component, Event, vRecur, vText, vUri

from incubator.kernel.period import WARSAW, Period
from incubator.kernel.zone import RULED, ZONE

PRODUCT = "-//Stowarzyszenie Metropolia Krakowska//incubator//PL"


class Method(StrEnum):
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How something repeats: every `every_weeks` weeks on `weekdays` (1 Monday … 7 Sunday), `count` times in all;
    `left_out` are the starts at which it does not."""

    every_weeks: int
    weekdays: tuple[int, ...]
    count: int
    left_out: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing in a calendar. `uid` is the one that it has in our feeds; `sequence` never goes down. `instead_of` is
    the start by the rule of the one date that this tells of."""

    uid: str
    period: Period
    summary: str
    changed_at: datetime
    sequence: int
    description: str = ""
    location: str = ""
    url: str = ""
    tentative: bool = False
    rule: Rule | None = None
    instead_of: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """To one thing, or to all dates of one that repeats: then the first happening has the rule."""

    method: Method
    happenings: Sequence[Happening]

    @property
    def uid(self) -> str:
        return self.happenings[0].uid

    @property
    def until(self) -> datetime:
        """When all of it is over; later than that where it repeats on few days of a week."""
        rule, ends = self.happenings[0].rule, max(each.period.end for each in self.happenings)
        return ends + timedelta(weeks=rule.every_weeks * rule.count) if rule else ends


DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def written(invitation: Invitation, *, now: datetime) -> str:
    """As RFC 5545 has it, but for the people; of two with one sequence the one that was written later holds."""
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODUCT)
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", invitation.method.value)
    calendar.add_component(Component.from_ical(ZONE + "\r\n"))
    for happening in invitation.happenings:
        calendar.add_component(_event(happening, now, off=invitation.method == Method.CANCEL))
    octets: bytes = calendar.to_ical()
    return octets.decode()


def _event(told: Happening, now: datetime, *, off: bool) -> Event:
    event = Event()
    # A rule goes by the clock on the wall, whatever the instant.
    moment = _wall if told.rule else _moment
    event.add("UID", told.uid)
    event.add("DTSTAMP", now)
    event.add("LAST-MODIFIED", told.changed_at)
    event.add("SEQUENCE", told.sequence)
    event.add("DTSTART", moment(told.period.start))
    event.add("DTEND", moment(told.period.end))
    event.add("SUMMARY", _text(told.summary))
    event.add("STATUS", "CANCELLED" if off else "TENTATIVE" if told.tentative else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT" if off else "OPAQUE")
    if told.description:
        event.add("DESCRIPTION", _text(told.description))
    if told.location:
        event.add("LOCATION", _text(told.location))
    if told.url:
        event.add("URL", vUri(told.url))
    if told.instead_of is not None:
        event.add("RECURRENCE-ID", _wall(told.instead_of))
    if told.rule is not None:
        _repeat(event, told.rule)
    return event


def _repeat(event: Event, rule: Rule) -> None:
    said = {
        "FREQ": "WEEKLY",
        "INTERVAL": rule.every_weeks,
        "COUNT": rule.count,
        "BYDAY": [DAYS[weekday - 1] for weekday in sorted(rule.weekdays)],
        "WKST": "MO",
    }
    event.add("RRULE", vRecur(said))
    for start in rule.left_out:
        event.add("EXDATE", _wall(start))


def _text(said: str) -> vText:
    """Control characters have no place in a text, not even escaped."""
    return vText(
        "".join(each for each in said.replace("\r\n", "\n").replace("\r", "\n") if each >= " " or each in "\n\t")
    )


def _wall(instant: datetime) -> datetime:
    return instant.astimezone(WARSAW)


def _moment(instant: datetime) -> datetime:
    """On the clock in Warsaw, or in UTC where that clock does not say which instant is meant: in the hour that October
    repeats, and outside the years of the zone's rules."""
    local = _wall(instant)
    known = local.year in RULED and local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset()
    return local if known else instant
