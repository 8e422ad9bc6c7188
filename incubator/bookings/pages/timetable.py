"""The week of an incubator as its coordinator reads it: for each space and day what stands there and
what is free, by time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from incubator.bookings.agenda import SHOWN, lapsed
from incubator.bookings.blocks import BlockView
from incubator.bookings.pages.rows import Thing
from incubator.bookings.views import BookingView
from incubator.bookings.week import Times, within
from incubator.kernel.period import Period, local_days
from incubator.places.views import ClosureView

SHORTEST_GAP = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of one day: a booking, a block or a closure, or a gap with nothing in it. `period` is
    cut to the day. `elsewhere` where it stands here as part of another space (a joined room)."""

    period: Period
    booking: BookingView | None = None
    block: BlockView | None = None
    closure: ClosureView | None = None
    elsewhere: bool = False

    @property
    def kind(self) -> str:
        for kind in ("booking", "block", "closure"):
            if getattr(self, kind) is not None:
                return kind
        return "gap"


@dataclass(frozen=True, slots=True)
class Slot:
    """One row on one day; `opens` is false where it is closed all day."""

    day: date
    opens: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A space, a zone, or (without a `thing`) a space that was taken out of use with bookings in it."""

    name_pl: str
    name_en: str
    thing: Thing | None
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All that a week is made of. `parts` says which plain spaces a joined one takes; `times` when
    each plain space is open and free."""

    bookings: Sequence[BookingView]
    blocks: Sequence[BlockView]
    closures: Sequence[ClosureView]
    parts: Mapping[UUID, Sequence[UUID]]
    times: Mapping[UUID, Times]


def timetable(things: Sequence[Thing], standing: Standing, *, days: Sequence[date], now: datetime) -> list[Line]:
    """A line for each thing, in their order, and after them one for each space that is gone and has
    bookings still. What stands in a joined room stands in each of its parts."""
    pieces = _pieces(standing, now)
    lines = [_line(thing, pieces, standing, days, now) for thing in things]
    known = {space.id for thing in things for space in thing.spaces}
    for space_id, those in pieces.items():
        if space_id not in known:
            one = next(piece.booking or piece.block for piece in those if piece.booking or piece.block)
            slots = tuple(Slot(day, True, _on(those, local_days(day))) for day in days)
            if one is not None and any(slot.pieces for slot in slots):
                lines.append(Line(one.space_name_pl, one.space_name_en, None, slots))
    return lines


def _line(
    thing: Thing, pieces: Mapping[UUID, list[Piece]], standing: Standing, days: Sequence[date], now: datetime
) -> Line:
    there = [piece for space in thing.spaces for piece in pieces.get(space.id, ())]
    times = [standing.times[space.id] for space in thing.spaces if space.id in standing.times]
    closures = [one for one in standing.closures if one.space_id is None or one.space_id in _ids(thing)]
    there += [Piece(period=Period(one.start, one.end), closure=one) for one in closures]
    if thing.space and times:
        there += _gaps(times[0].free, now)
    slots = []
    for day in days:
        span = local_days(day)
        opens = any(stretch.overlaps(span) for one in times for stretch in one.open)
        slots.append(Slot(day, opens, _on(there, span)))
    return Line(thing.name_pl, thing.name_en, thing, tuple(slots))


def _pieces(standing: Standing, now: datetime) -> dict[UUID, list[Piece]]:
    """What stands in each plain space."""
    found: defaultdict[UUID, list[Piece]] = defaultdict(list)
    shown = (one for one in standing.bookings if one.state in SHOWN and not lapsed(one, now=now))
    made = [Piece(period=one.period, booking=one) for one in shown]
    made += [Piece(period=one.period, block=one) for one in standing.blocks]
    for piece in made:
        about = piece.booking or piece.block
        assert about is not None
        for part in standing.parts.get(about.space_id) or (about.space_id,):
            found[part].append(replace(piece, elsewhere=part != about.space_id))
    return found


def _gaps(free: Iterable[Period], now: datetime) -> list[Piece]:
    """What is free from the next half hour on."""
    earliest = now + (-now.timestamp() % 1800) * timedelta(seconds=1)
    left = [Period(max(one.start, earliest), one.end) for one in free if one.end > earliest]
    return [Piece(period=one) for one in left if one.length >= SHORTEST_GAP]


def _on(pieces: Iterable[Piece], span: Period) -> tuple[Piece, ...]:
    """The pieces that touch the day, cut to it, by time."""
    touching = [replace(one, period=within([one.period], span)[0]) for one in pieces if one.period.overlaps(span)]
    long_enough = [one for one in touching if one.kind != "gap" or one.period.length >= SHORTEST_GAP]
    return tuple(sorted(long_enough, key=lambda one: (one.period, one.kind)))


def _ids(thing: Thing) -> set[UUID]:
    return {space.id for space in thing.spaces}
