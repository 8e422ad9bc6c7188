"""The days of an edition in their order, as its public page tells them."""

from dataclasses import dataclass
from datetime import date, datetime

from incubator.kernel.period import WARSAW
from incubator.programmes.views import EditionInFull


@dataclass(frozen=True, slots=True)
class Day:
    """`what` is "opens", "closes", "starts", "demo_day", "ends", or "named" with names of its own; `at` is
    the instant where it matters."""

    on_day: date
    what: str
    past: bool
    at: datetime | None = None
    name_pl: str = ""
    name_en: str = ""


def timeline(edition: EditionInFull, *, now: datetime) -> list[Day]:
    """The call, the first and last day, the demo day and what else was named. On one day, in this order."""
    brief, today = edition.brief, now.astimezone(WARSAW).date()
    days = [
        Day(at.astimezone(WARSAW).date(), what, at <= now, at)
        for what, at in (("opens", brief.opens_at), ("closes", brief.closes_at))
        if at is not None
    ]
    days.append(Day(brief.starts_on, "starts", brief.starts_on < today))
    days += [Day(one.on_day, "named", one.on_day < today, None, one.name_pl, one.name_en) for one in edition.dates]
    if brief.demo_day is not None:
        days.append(Day(brief.demo_day, "demo_day", brief.demo_day < today))
    days.append(Day(brief.ends_on, "ends", brief.ends_on < today))
    return sorted(days, key=lambda one: one.on_day)
