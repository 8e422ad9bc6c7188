"""What people do in the demonstration: visits to rooms and desks, some weeks around now, the same ones
for the same day."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from incubator.demo.shapes import Place, Venue
from incubator.demo.teams import RESIDENTS, RESIDENTS_DO, TEAMS, Team, address
from incubator.demo.venues import VENUES
from incubator.kernel.period import WARSAW, Period, local_moment

Fate = Literal["comes", "stays_away", "cancels", "is_put_off", "waits", "is_turned_down"]
FATES: tuple[Fate, ...] = ("comes",) * 24 + ("stays_away", "cancels", "cancels", "is_put_off")

BEFORE, AFTER = 14, 21
"""Days around now that the visits are spread over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Somebody wants a place for a while. `asked` is when they book it; `organisation` is empty for a
    private person; `fate` is what becomes of it."""

    who: str
    organisation: str
    venue: str
    place: str
    period: Period
    title: str
    attendees: int | None
    asked: datetime
    fate: Fate


def visits(now: datetime) -> Iterator[Visit]:
    """Ordinary days: meetings in the rooms, work at the desks. Some of them will be refused, as in
    life: the time is taken, or the hours of the week are spent."""
    dice = random.Random(20_22)  # noqa: S311 - the same days each time
    today = now.astimezone(WARSAW).date()
    for offset in range(-BEFORE, AFTER + 1):
        for venue in VENUES:
            for place in venue.places:
                if place.kind in {"room", "hot_desk"} and len(place.parts) < 3:
                    yield from _day(dice, venue, place, today + timedelta(days=offset), now)


def _day(dice: random.Random, venue: Venue, place: Place, day: date, now: datetime) -> Iterator[Visit]:
    hours = next((stretch for stretch in venue.hours if day.isoweekday() in stretch.days), None)
    busy = 0.22 if place.kind == "hot_desk" or place.parts else 0.5
    if hours is None or dice.random() > busy:
        return
    start, minutes = _when(dice, place, hours.opens, hours.closes)
    begins = local_moment(day, start)
    asked = begins - timedelta(days=1 + dice.randrange(12), hours=dice.randrange(8), minutes=dice.randrange(60))
    who, team = _who(dice, venue.gmina, place)
    yield Visit(
        who=who,
        organisation=team.name if team else "",
        venue=venue.slug,
        place=place.slug,
        period=Period(begins, begins + timedelta(minutes=minutes)),
        title=_title(dice, place, team),
        attendees=1 + dice.randrange(place.capacity) if place.kind == "room" else None,
        asked=min(asked, now - timedelta(minutes=5)),
        fate=dice.choice(FATES),
    )


def _when(dice: random.Random, place: Place, opens: int, closes: int) -> tuple[int, int]:
    """Start and length in minutes of the day: meetings of one to three hours, desks for half a day or
    all of it."""
    if place.kind == "hot_desk":
        return dice.choice(((opens * 60, 240), (opens * 60 + 60, 360), (opens * 60, 480)))
    length = dice.choice((60, 60, 90, 120, 180))
    length = min(length, place.rules.longest_minutes)
    return opens * 60 + 30 * dice.randrange((closes - opens) * 2 - length // 30 + 1), length


def _who(dice: random.Random, gmina: str, place: Place) -> tuple[str, Team | None]:
    """Mostly those of the gmina; guests from elsewhere; now and then a private person."""
    if "person" in place.rules.audience and dice.random() < 0.12:
        return address(dice.choice(RESIDENTS)[0]), None
    local = [team for team in TEAMS if team.gmina == gmina]
    team = dice.choice(local if place.rules.local_only or dice.random() < 0.75 else TEAMS)
    return address(dice.choice(team.people)), team


def _title(dice: random.Random, place: Place, team: Team | None) -> str:
    if place.kind == "hot_desk":
        return "Praca przy biurku"
    return dice.choice(team.doing if team else RESIDENTS_DO)


def first_workday(now: datetime, *, in_days: int) -> date:
    """The first Monday to Friday at least `in_days` from now."""
    day = now.astimezone(WARSAW).date() + timedelta(days=in_days)
    while day.isoweekday() > 5:
        day += timedelta(days=1)
    return day
