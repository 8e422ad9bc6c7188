"""The room of a larger thing (a session, say): a booking that is part of it and goes where it goes
(docs/decisions/0013). Who asks has been found to run the house.

It is the house's own use, by who runs it: opening hours, closures and the number of seats bind it; how long, how far
ahead and for whom people may book the room do not."""

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
    """What needs a room: `part_of`, of the gmina, when, called what, for how many people (None: not known)."""

    part_of: UUID
    gmina_id: UUID | None
    period: Period
    title: str
    people: int | None = None


ROOMS = """
SELECT space.id, space.name_pl, space.name_en, incubator.name AS incubator_name, capacity
FROM space JOIN incubator ON incubator.id = space.incubator_id
WHERE incubator.gmina_id = $1 AND incubator.status = 'open' AND space.kind = 'room' AND space.retired_at IS NULL
ORDER BY incubator.name, space.position, space.slug
"""


async def rooms_to_choose(tx: Tx, *, gmina_id: UUID | None) -> list[RoomChoice]:
    """Those of a gmina; the metropolis has none."""
    return [RoomChoice(**row) for row in await tx.fetch(ROOMS, gmina_id)]


async def take_room(tx: Tx, *, actor: Actor, needed: Needed, space_id: UUID, now: datetime) -> UUID:
    """The booking that was made. Raises NoRoomOfGmina and what hold_part raises."""
    await _room(tx, needed, space_id)
    order = Order(
        space_id=space_id, period=needed.period, title=needed.title[:200], attendees=needed.people, outright=True
    )
    booking = await hold_part(tx, actor=actor, order=order, part_of=needed.part_of, now=now)
    return booking.id


async def move_room(
    tx: Tx, *, actor: Actor, needed: Needed, booking_id: UUID | None, space_id: UUID | None, now: datetime
) -> UUID | None:
    """The booking goes with the thing, another room is taken, or it is given back (None). Raises NoRoomOfGmina,
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
    if space.kind != "room" or space.gmina_id != needed.gmina_id:
        raise NoRoomOfGmina()
    return space
