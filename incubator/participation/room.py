"""The room of a meeting of a programme: a booking that is part of the meeting, and goes where it goes.

It is the house's own use, by who runs it: opening hours, closures and the number of seats bind it; how long, how far
ahead and for whom people may book the room do not.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.bookings.draft import Order, wish_of
from incubator.bookings.hold_part import hold_part
from incubator.bookings.move_part import move_part
from incubator.bookings.queries import booking_for
from incubator.bookings.rules import check
from incubator.bookings.settle import settle
from incubator.bookings.states import ALLOWED, State
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.kernel.period import Period
from incubator.participation.views import ProgrammeMeetingView
from incubator.people.actor import Actor
from incubator.places.queries import SpaceToBook, space_to_book


class NoRoomOfGmina(Invalid):
    """A space that is no room, or not of an open incubator of the gmina that runs the programme."""

    code = "no_room_of_gmina"
    sentence = N_("Choose a room of an open incubator of the gmina that runs the programme.")


class RoomAfterwards(Conflict):
    """What a meeting took when it began, it had."""

    code = "room_afterwards"
    sentence = N_("The meeting has begun: its room can no longer be changed.")


@dataclass(frozen=True, slots=True)
class Room:
    """One that a meeting can take."""

    id: UUID
    name_pl: str
    name_en: str
    incubator_name: str
    capacity: int


ROOMS = """
SELECT space.id, space.name_pl, space.name_en, incubator.name AS incubator_name, capacity
FROM space JOIN incubator ON incubator.id = space.incubator_id
WHERE incubator.gmina_id = $1 AND incubator.status = 'open' AND space.kind = 'room' AND space.retired_at IS NULL
ORDER BY incubator.name, space.position, space.slug
"""
# Who has to come to a required meeting: one of each participant at least.
TO_COME = "SELECT count(*)::int FROM participation WHERE edition_id = $1 AND state IN ('admitted', 'active')"
SET = "UPDATE programme_meeting SET booking_id = $2 WHERE id = $1"


async def rooms_of(tx: Tx, *, gmina_id: UUID | None) -> list[Room]:
    """Those that a programme of this gmina can take; a programme of the metropolis has none."""
    return [Room(**row) for row in await tx.fetch(ROOMS, gmina_id)]


async def take_room(
    tx: Tx, *, actor: Actor, meeting: ProgrammeMeetingView, gmina_id: UUID | None, space_id: UUID, now: datetime
) -> None:
    """Book it for the meeting. Raises NoRoomOfGmina and what hold_part raises."""
    await _room(tx, gmina_id, space_id, meeting.period)
    people = await _people(tx, meeting)
    order = Order(space_id=space_id, period=meeting.period, title=meeting.name_pl, attendees=people, outright=True)
    booking = await hold_part(tx, actor=actor, order=order, part_of=meeting.id, now=now)
    await tx.execute(SET, meeting.id, booking.id)


async def move_room(
    tx: Tx,
    *,
    actor: Actor,
    before: ProgrammeMeetingView,
    after: ProgrammeMeetingView,
    gmina_id: UUID | None,
    space_id: UUID | None,
    now: datetime,
) -> None:
    """The room goes with the meeting, another is taken, or it is given back. Raises NoRoomOfGmina, RoomAfterwards,
    SlotTaken and what the rules of the room raise; then nothing of the move is kept."""
    if space_id == before.space_id and (space_id is None or before.period == after.period):
        return
    if before.booking_id is None:
        assert space_id is not None
        await take_room(tx, actor=actor, meeting=after, gmina_id=gmina_id, space_id=space_id, now=now)
    elif before.start <= now:
        if space_id != before.space_id:
            raise RoomAfterwards()
    elif space_id is None:
        await leave_room(tx, actor=actor, meeting=before, now=now)
    else:
        space = await _room(tx, gmina_id, space_id, after.period)
        booking = await booking_for(tx, actor=actor, booking_id=before.booking_id, lock=True)
        people = await _people(tx, after)
        wish = wish_of(actor=actor, space=space, organisation_id=None, period=after.period, attendees=people, now=now)
        check(wish, space, by_house=True)
        await move_part(tx, booking=booking, space=space, period=after.period, actor_id=actor.account_id, now=now)


async def leave_room(tx: Tx, *, actor: Actor, meeting: ProgrammeMeetingView, now: datetime) -> None:
    """The room is free again for others."""
    if meeting.booking_id is None:
        return
    booking = await booking_for(tx, actor=actor, booking_id=meeting.booking_id, lock=True)
    if State.CANCELLED in ALLOWED[booking.state]:
        await settle(tx, booking=booking, to=State.CANCELLED, verb="cancel", actor_id=actor.account_id, now=now)
    await tx.execute(SET, meeting.id, None)


async def _people(tx: Tx, meeting: ProgrammeMeetingView) -> int | None:
    """How many it has to hold, where that is known."""
    return (await tx.fetchval(TO_COME, meeting.edition_id) or None) if meeting.required else None


async def _room(tx: Tx, gmina_id: UUID | None, space_id: UUID, span: Period) -> SpaceToBook:
    space = await space_to_book(tx, space_id=space_id, span=span)
    if space.kind != "room" or space.gmina_id != gmina_id:
        raise NoRoomOfGmina()
    return space
