"""Choosing a time: what the form of a space's day offers, and what it brings back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from incubator.bookings.offer import DAY_MINUTES, Start, ends, starts
from incubator.bookings.pages.rows import FURTHEST, Thing, times_of
from incubator.bookings.suggest import suggest
from incubator.bookings.week import Times
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Invalid
from incubator.kernel.period import WARSAW, Period, local_days
from incubator.people.actor import Actor
from incubator.web.bodies import Body


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
    """What is offered on `day`, and what is chosen so far. `taken` are the starts that would be
    offered too if nobody were there."""

    thing: Thing
    day: date
    starts: tuple[Start, ...]
    taken: tuple[Start, ...]
    ends: tuple[datetime, ...]
    start: datetime | None
    end: datetime | None
    holders: tuple[tuple[UUID, str], ...]
    holder: UUID | None

    @property
    def by_day(self) -> bool:
        """Whether stays are of whole days, so that people choose days and no hours."""
        return self.thing.rules.grid_minutes % DAY_MINUTES == 0

    def last_day(self, end: datetime) -> date:
        """The last day of a stay of whole days that ends at `end`, a midnight."""
        return (end - timedelta(minutes=1)).astimezone(WARSAW).date()


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
    instead_of: Period | None = None,
    stays: bool = False,
) -> Choice:
    """The starts and ends of `day` that are free; `start` and `end` are kept where they still can
    be, else the next best is chosen; nothing is offered where the incubator takes no bookings. The time of the booking that is moved, `instead_of`, counts as
    free; where it `stays`, only its end is open."""
    span = local_days(day, 2 + min(thing.rules.longest_minutes // 1440, FURTHEST))
    times = await times_of(tx, [thing], span=span, now=now) if thing.open else {}
    free = [stretch for one in times.values() for stretch in one.free]
    if instead_of:
        free = _with_own(free, instead_of, timedelta(minutes=thing.rules.turnaround_minutes))
    if instead_of and stays:
        offered = [_stay(free, instead_of, thing)]
    else:
        offered = starts(free, thing.rules, within=local_days(day), now=now)
    chosen = next((one for one in offered if start is None or one.moment >= start), offered[0] if offered else None)
    until = end_of(chosen, end, thing) if chosen else None
    own = tuple((one.id, one.name) for one in actor.organisations.values()) if actor else ()
    return Choice(
        thing=thing,
        day=day,
        starts=tuple(offered),
        taken=_taken(times.values(), offered, thing, within=local_days(day), now=now),
        ends=ends_of(offered, until, thing, now),
        start=chosen.moment if chosen else None,
        end=until,
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


@dataclass(frozen=True, slots=True)
class Alternative:
    """A free time instead of a taken one, and where: `address` takes the form."""

    name_pl: str
    name_en: str
    address: str
    period: Period


async def alternatives(tx: Tx, thing: Thing, wanted: Period, choice: Choice, *, now: datetime) -> list[Alternative]:
    """Free times of the same length nearby: of the same space and others like it, or of the same
    zone on the same day."""
    if thing.zone:
        return [Alternative(thing.name_pl, thing.name_en, thing.address, one) for one in _nearest(choice, wanted)]
    root = thing.address.rpartition("/")[0]
    return [
        Alternative(one.space_name_pl, one.space_name_en, f"{root}/{one.space_slug}", one.period)
        for one in await suggest(tx, space_id=thing.spaces[0].id, period=wanted, now=now)
    ]


def _nearest(choice: Choice, wanted: Period) -> list[Period]:
    """The three closest starts with room for as long a stay."""
    fitting = [
        Period(one.moment, one.moment + wanted.length)
        for one in choice.starts
        if one.moment + wanted.length <= one.until and one.moment != wanted.start
    ]
    return sorted(fitting, key=lambda one: abs(one.start - wanted.start))[:3]


def _with_own(free: Sequence[Period], own: Period, turnaround: timedelta) -> list[Period]:
    """What is free once `own` and the turnaround around it are given back."""
    back = Period(own.start - turnaround, own.end + turnaround)
    touching = [one for one in free if one.start <= back.end and back.start <= one.end]
    joined = Period(
        min(own.start, *(one.start for one in touching)) if touching else own.start,
        max(own.end, *(one.end for one in touching)) if touching else own.end,
    )
    return sorted([one for one in free if one not in touching] + [joined])


def _stay(free: Sequence[Period], own: Period, thing: Thing) -> Start:
    """The start that was, and how long one can stay."""
    longest = own.start + timedelta(minutes=thing.rules.longest_minutes)
    until = next((one.end for one in free if one.contains(own)), own.end)
    return Start(own.start, min(until, longest))


def _taken(
    times: Iterable[Times], offered: Sequence[Start], thing: Thing, *, within: Period, now: datetime
) -> tuple[Start, ...]:
    free = {one.moment for one in offered}
    at_best = starts([stretch for one in times for stretch in one.open], thing.rules, within=within, now=now)
    return tuple(one for one in at_best if one.moment not in free)


def ends_of(offered: Sequence[Start], chosen: datetime | None, thing: Thing, now: datetime) -> tuple[datetime, ...]:
    """The end that is chosen so far is always among them, or the form would change it unasked."""
    found = {moment for moment in ends(offered, thing.rules) if moment > now}
    return tuple(sorted(found | {chosen} if chosen else found))


def end_of(start: Start, wished: datetime | None, thing: Thing) -> datetime:
    shortest = timedelta(minutes=thing.rules.shortest_minutes)
    if wished and start.moment + shortest <= wished <= start.until:
        return wished
    hour = (
        max(timedelta(hours=1), shortest) if thing.rules.longest_minutes <= 1440 else max(timedelta(days=1), shortest)
    )
    usual = start.moment + hour
    return usual if usual <= start.until else start.until
