"""What the week of an incubator shows: a row for each space, and one for each zone of hot desks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from incubator.bookings.offer import DAY_MINUTES
from incubator.bookings.week import Axis, DayCell, Times, axis_of, day_cell, within
from incubator.db.engine import Tx
from incubator.kernel.period import Period, local_days
from incubator.occupancy.free import SpaceTimes, availability
from incubator.places.details import SpaceRules
from incubator.places.states import Status
from incubator.places.views import IncubatorView, SpaceView, ZoneView

FURTHEST = 120
"""Days that are looked at for a stay of weeks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What a person picks: a space, or any desk of a zone. `spaces` are all that may be given."""

    name_pl: str
    name_en: str
    address: str
    spaces: tuple[SpaceView, ...]
    zone: ZoneView | None = None

    @property
    def space(self) -> SpaceView | None:
        return None if self.zone else self.spaces[0]

    @property
    def rules(self) -> SpaceRules:
        """Of a zone, those of its first desk: its desks are as good as each other."""
        return self.spaces[0].rules

    @property
    def kind(self) -> str:
        return self.spaces[0].kind

    @property
    def open(self) -> bool:
        """Whether its incubator takes bookings."""
        return self.spaces[0].incubator_status == Status.OPEN

    @property
    def capacity(self) -> int:
        return self.spaces[0].capacity

    @property
    def places(self) -> int:
        return len(self.spaces)


@dataclass(frozen=True, slots=True)
class Row:
    """A thing and its seven days."""

    thing: Thing
    cells: tuple[DayCell, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """A week: `days` from Monday on, `rows` in the order of the house."""

    days: tuple[date, ...]
    rows: tuple[Row, ...]
    axis: Axis


def things_of(incubator: IncubatorView, spaces: Iterable[SpaceView]) -> list[Thing]:
    """The desks of a zone stand together, where the first of them would stand."""
    zones = {zone.id: zone for zone in incubator.zones}
    grouped: dict[UUID, list[SpaceView]] = {}
    for space in spaces:
        grouped.setdefault(space.zone_id or space.id, []).append(space)
    return [
        of_zone(incubator.slug, zones[key], members) if key in zones else of_space(members[0])
        for key, members in grouped.items()
    ]


def of_space(space: SpaceView) -> Thing:
    address = f"/incubators/{space.incubator_slug}/{space.slug}"
    return Thing(name_pl=space.name_pl, name_en=space.name_en, address=address, spaces=(space,))


def of_zone(incubator_slug: str, zone: ZoneView, desks: Sequence[SpaceView]) -> Thing:
    address = f"/incubators/{incubator_slug}/zones/{zone.slug}"
    return Thing(name_pl=zone.name_pl, name_en=zone.name_en, address=address, spaces=tuple(desks), zone=zone)


async def board(tx: Tx, things: Sequence[Thing], *, monday: date, now: datetime) -> Board:
    """The week from `monday` on, of all `things`: by one query, and one more where some are let for
    days or weeks, which have to be looked at for as long before and after. Closed throughout where
    the incubator takes no bookings."""
    week, furthest = local_days(monday, 7), max(map(_reach, things), default=0)
    times: dict[UUID, Times] = {}
    for reach in {0, furthest}:
        some = [thing for thing in things if thing.open and bool(_reach(thing)) == bool(reach)]
        span = local_days(monday - timedelta(days=reach), 7 + 2 * reach)
        times |= await times_of(tx, some, span=span, now=now)
    days = tuple(week.local_days())
    axis = axis_of(within((stretch for one in times.values() for stretch in one.open), week))
    return Board(days, tuple(Row(thing, _cells(thing, times, days, axis, now)) for thing in things), axis)


async def times_of(tx: Tx, things: Iterable[Thing], *, span: Period, now: datetime) -> dict[UUID, Times]:
    """When each space of `things` is open and free within `span`."""
    ids = [space.id for thing in things for space in thing.spaces]
    found = await availability(tx, space_ids=ids, span=span, now=now) if ids else []
    return {one.space_id: _times(one) for one in found}


def _reach(thing: Thing) -> int:
    """Days around a day that decide whether it can be part of a stay; 0 for stays of hours."""
    return min(thing.rules.shortest_minutes // DAY_MINUTES, FURTHEST)


def _cells(
    thing: Thing, times: dict[UUID, Times], days: Sequence[date], axis: Axis, now: datetime
) -> tuple[DayCell, ...]:
    members = [times[space.id] for space in thing.spaces if space.id in times]
    apart = thing.zone is not None
    return tuple(day_cell(members, thing.rules, day=day, axis=axis, now=now, apart=apart) for day in days)


def _times(found: SpaceTimes) -> Times:
    return Times(
        tuple(Period(start, end) for start, end in found.open),
        tuple(Period(start, end) for start, end in found.free),
    )
