"""Choosing a time: what the form of a space's day offers, and what it brings back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from incubator.bookings.offer import Start, ends, starts
from incubator.bookings.pages.rows import Thing, times_of
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Invalid
from incubator.kernel.period import Period, local_days
from incubator.people.actor import Actor
from incubator.web.bodies import Body

FURTHEST = 120
"""Days that are looked at for a stay of weeks."""


class PickForm(Body, frozen=True):
    """Times as our own forms write them, so that both hours of an October night can be meant."""

    date: str = ""
    start: str = ""
    end: str = ""
    organisation_id: UUID | None = None


class NoTimeChosen(Invalid):
    """A form without a start or an end, or with the end first."""

    code = "no_time_chosen"
    sentence = N_("Please choose from when to when; the end comes after the start.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is offered on `day`, and what is chosen so far."""

    thing: Thing
    day: date
    starts: tuple[Start, ...]
    ends: tuple[datetime, ...]
    start: datetime | None
    end: datetime | None
    holders: tuple[tuple[UUID, str], ...]
    holder: UUID | None


async def choices(
    tx: Tx,
    thing: Thing,
    *,
    day: date,
    actor: Actor | None,
    now: datetime,
    start: datetime | None = None,
    end: datetime | None = None,
    holder: UUID | None = None,
) -> Choice:
    """The starts and ends of `day` that are free; `start` and `end` are kept where they still can
    be, else the next best is chosen."""
    span = local_days(day, 2 + min(thing.rules.longest_minutes // 1440, FURTHEST))
    times = await times_of(tx, [thing], span=span, now=now)
    free = [stretch for one in times.values() for stretch in one.free]
    offered = starts(free, thing.rules, within=local_days(day), now=now)
    chosen = next((one for one in offered if start is None or one.moment >= start), offered[0] if offered else None)
    own = tuple((one.id, one.name) for one in actor.organisations.values()) if actor else ()
    return Choice(
        thing=thing,
        day=day,
        starts=tuple(offered),
        ends=tuple(ends(offered, thing.rules)),
        start=chosen.moment if chosen else None,
        end=_end(chosen, end, thing) if chosen else None,
        holders=own,
        holder=holder,
    )


def default_holder(actor: Actor | None, thing: Thing) -> UUID | None:
    """The first own organisation that is welcome here; else oneself."""
    own = actor.organisations.values() if actor else ()
    return next((one.id for one in own if one.kind in thing.rules.audience), None)


def picked(start: datetime | None, end: datetime | None) -> Period:
    """Raises NoTimeChosen."""
    if start is None or end is None or end <= start:
        raise NoTimeChosen()
    return Period(start, end)


def nearest(choice: Choice, wanted: Period, *, at_most: int = 3) -> list[Period]:
    """Free times of the same length on the same day, the closest first."""
    fitting = [
        Period(one.moment, one.moment + wanted.length)
        for one in choice.starts
        if one.moment + wanted.length <= one.until and one.moment != wanted.start
    ]
    return sorted(fitting, key=lambda one: abs(one.start - wanted.start))[:at_most]


def _end(start: Start, wished: datetime | None, thing: Thing) -> datetime:
    shortest = timedelta(minutes=thing.rules.shortest_minutes)
    if wished and start.moment + shortest <= wished <= start.until:
        return wished
    hour = (
        max(timedelta(hours=1), shortest) if thing.rules.longest_minutes <= 1440 else max(timedelta(days=1), shortest)
    )
    usual = start.moment + hour
    return usual if usual <= start.until else start.until
