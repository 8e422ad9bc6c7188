"""The room of a larger thing (a session, say): a booking that is part of it and goes where it goes
(docs/decisions/0013). Who asks has been found to run the house; or it is `asked` of a house of any gmina, and then waits
at that house's desk like other requests, unless who asks runs it.

It is the house's own use, by who runs it: opening hours, closures and the number of seats bind it; how long, how far
ahead and for whom people may book the room do not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.bookings.draft import Order, wish_of
from incubator.bookings.hold_part import hold_part
from incubator.bookings.move_part import move_part
from incubator.bookings.rules import check
from incubator.bookings.settle import settle
from incubator.bookings.states import ALLOWED, State
from incubator.bookings.views import VIEW, BookingView, view_of
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.kernel.period import Period
from incubator.people.actor import Actor
from incubator.places.queries import SpaceToBook, space_to_book


class NoRoomOfGmina(Invalid):
    """A space that is no room, or not of an open incubator of the gmina."""

    code = "no_room_of_gmina"
    sentence = N_("Choose a room of an open incubator of the gmina.")


class RoomAfterwards(Conflict):
    """What took the room has begun: it had it."""

    code = "room_afterwards"
    sentence = N_("It has begun: its room can no longer be changed.")


GONE = frozenset({State.CANCELLED, State.DECLINED, State.EXPIRED})
"""Somebody else may have it by now."""


@dataclass(frozen=True, slots=True)
class RoomChoice:
    """A room that can be taken."""

    id: UUID
    name_pl: str
    name_en: str
    incubator_name: str
    capacity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """What needs a room: `part_of`, of the gmina, when, called what, for how many people (None: not known). `asked`: of
    no gmina, so that a room of any may be asked for."""

    part_of: UUID
    gmina_id: UUID | None
    period: Period
    title: str
    people: int | None = None
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Rooms:
    """Those of a gmina."""

    gmina_id: UUID
    gmina_name: str
    rooms: list[RoomChoice]


ROOMS = """
SELECT space.id, space.name_pl, space.name_en, incubator.name AS incubator_name, capacity, gmina_id, gmina.name AS gmina_name
FROM space JOIN incubator ON incubator.id = space.incubator_id JOIN gmina ON gmina.id = gmina_id
WHERE ($1::uuid[] IS NULL OR gmina_id = ANY($1)) AND incubator.status = 'open' AND space.kind = 'room'
    AND space.retired_at IS NULL
ORDER BY gmina.name, gmina_id, incubator.name, space.position, space.slug
"""


async def rooms_to_choose(tx: Tx, *, gmina_id: UUID | None) -> list[RoomChoice]:
    """Those of a gmina; the metropolis has none of its own."""
    return [room for one in await rooms_by_gmina(tx, [gmina_id] if gmina_id else []) for room in one.rooms]


async def rooms_by_gmina(tx: Tx, gmina_ids: Sequence[UUID] | None) -> list[Rooms]:
    """Those of the gminas, or (None) of all."""
    found: dict[UUID, Rooms] = {}
    for row in await tx.fetch(ROOMS, gmina_ids):
        own = found.setdefault(row["gmina_id"], Rooms(row["gmina_id"], row["gmina_name"], []))
        own.rooms.append(RoomChoice(**{name: row[name] for name in RoomChoice.__slots__}))
    return list(found.values())


async def take_room(tx: Tx, *, actor: Actor, needed: Needed, space_id: UUID, now: datetime) -> UUID:
    """The booking that was made, firm or asked for. Raises NoRoomOfGmina and what hold_part raises."""
    space = await _room(tx, needed, space_id)
    order = Order(
        space_id=space_id, period=needed.period, title=needed.title[:200], attendees=needed.people, outright=True
    )
    asking = _must_ask(actor, needed, space)
    booking = await hold_part(tx, actor=actor, order=order, part_of=needed.part_of, asking=asking, now=now)
    return booking.id


async def move_room(
    tx: Tx, *, actor: Actor, needed: Needed, booking_id: UUID | None, space_id: UUID | None, now: datetime
) -> UUID | None:
    """The booking goes with the thing, another room is taken, or it is given back (None). What was asked for is asked
    for anew. Raises NoRoomOfGmina,
    RoomAfterwards, SlotTaken and what the rules of the room raise; then nothing of the move may be kept."""
    booking = await _booking(tx, booking_id)
    if booking is None or booking.state in GONE:
        return await take_room(tx, actor=actor, needed=needed, space_id=space_id, now=now) if space_id else None
    if (space_id, needed.period) == (booking.space_id, booking.period):
        return booking.id
    if State.CANCELLED not in ALLOWED[booking.state] or booking.period.start <= now:
        raise RoomAfterwards()
    if space_id is None:
        await leave_room(tx, actor_id=actor.account_id, booking_id=booking.id, now=now)
        return None
    space = await _room(tx, needed, space_id)
    if _must_ask(actor, needed, space):
        await leave_room(tx, actor_id=actor.account_id, booking_id=booking.id, now=now)
        return await take_room(tx, actor=actor, needed=needed, space_id=space_id, now=now)
    period = needed.period
    wish = wish_of(actor=actor, space=space, organisation_id=None, period=period, attendees=needed.people, now=now)
    check(wish, space, by_house=True)
    await move_part(tx, booking=booking, space=space, period=period, actor_id=actor.account_id, now=now)
    return booking.id


async def leave_room(tx: Tx, *, actor_id: UUID | None, booking_id: UUID | None, now: datetime) -> None:
    """The room is free again for others; nothing where it was given back or is over. `actor_id` is None where the
    house itself does it."""
    booking = await _booking(tx, booking_id)
    if booking is not None and State.CANCELLED in ALLOWED[booking.state] and booking.period.end > now:
        await settle(tx, booking=booking, to=State.CANCELLED, verb="cancel", actor_id=actor_id, now=now)


async def _booking(tx: Tx, booking_id: UUID | None) -> BookingView | None:
    row = await tx.fetchrow(f"{VIEW} WHERE booking.id = $1 FOR UPDATE OF booking", booking_id)
    return None if row is None else view_of(row)


async def _room(tx: Tx, needed: Needed, space_id: UUID) -> SpaceToBook:
    space = await space_to_book(tx, space_id=space_id, span=needed.period)
    if space.kind != "room" or (space.gmina_id != needed.gmina_id and not needed.asked):
        raise NoRoomOfGmina()
    return space


def _must_ask(actor: Actor, needed: Needed, space: SpaceToBook) -> bool:
    """Whether the house of the room is somebody else's to give."""
    return needed.asked and space.gmina_id not in actor.coordinates and not actor.is_administrator
