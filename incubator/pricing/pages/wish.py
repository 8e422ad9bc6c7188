"""A wish as it is typed into an address: a space, a time on one day or over several, people, extras, and for whom."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from litestar.datastructures import MultiDict

from incubator.kernel.period import WARSAW, Period, local_moment
from incubator.places.rules import minute_of
from incubator.pricing.quote_of import Wish
from incubator.pricing.states import Category

CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """What the form shows. `who` is "" for the person, an organisation's identifier, or a kind of buyer."""

    space_id: UUID | None = None
    day: date
    until: date
    starts: str = "10:00"
    ends: str = "12:00"
    people: int = 1
    extras: frozenset[UUID] = field(default_factory=frozenset)
    who: str = ""
    at_home: bool = False

    @property
    def wish(self) -> Wish | None:
        """None where it ends before it starts."""
        start, end = local_moment(self.day, minute_of(self.starts)), local_moment(self.until, minute_of(self.ends))
        if end <= start:
            return None
        return Wish(period=Period(start, end), people=self.people, extras=tuple(sorted(self.extras)))

    @property
    def category(self) -> Category | None:
        return Category(self.who) if self.who in list(Category) else None

    @property
    def organisation_id(self) -> UUID | None:
        return None if self.category else _key(self.who)


def read_typing(query: MultiDict[str], *, now: datetime) -> Typing:
    """Leniently, as addresses are also typed and kept: what is not understood is as at first. A time at 00:00 ends
    at the end of the day before."""
    day = _day(query.get("day"), now.astimezone(WARSAW).date() + timedelta(days=1))
    starts, ends = _clock(query.get("starts"), "10:00"), _clock(query.get("ends"), "12:00")
    until = max(day, _day(query.get("until"), day))
    if ends == "00:00" and until == day:
        until += timedelta(days=1)
    people = query.get("people", "")
    return Typing(
        space_id=_key(query.get("space", "")),
        day=day,
        until=until,
        starts=starts,
        ends=ends,
        people=max(1, min(int(people), 10_000)) if re.fullmatch("[0-9]{1,5}", people) else 1,
        extras=frozenset(key for text in query.getall("extras", [])[:60] if (key := _key(text))),
        who=query.get("who", "")[:40],
        at_home=query.get("at_home") == "yes",
    )


def _day(text: str | None, otherwise: date) -> date:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return otherwise
    return day if 2000 <= day.year < 2199 else otherwise


def _clock(text: str | None, otherwise: str) -> str:
    return text if text and CLOCK.fullmatch(text) else otherwise


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
