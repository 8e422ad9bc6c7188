"""Other spaces that a booking could be moved to at a time: free, of its kind, large enough, and open to its holder."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.bookings.may_move import must_be_movable, state_after
from incubator.bookings.move_in_time import keeps_a_part
from incubator.bookings.price_of_move import MovePrice, price_of_move
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.kernel.errors import Refusal
from incubator.kernel.period import Period
from incubator.occupancy.free import availability
from incubator.people.actor import Actor
from incubator.places.queries import space_to_book

MOST = 6
LOOKED_AT = 60
# Who said for how many it is needs room for them; who did not, for as many as the booked one holds. The nearest first:
# the same incubator, then its gmina, then the others; and of those the smallest that is large enough.
ALIKE = """
SELECT space.id, space.name_pl, space.name_en, space.capacity, incubator.id AS incubator_id,
    incubator.name AS incubator_name
FROM booking JOIN space AS booked ON booked.id = booking.space_id JOIN incubator AS here ON here.id = booked.incubator_id
JOIN space ON space.kind = booked.kind AND space.id <> booked.id
    AND space.capacity >= coalesce(booking.attendees, booked.capacity)
JOIN incubator ON incubator.id = space.incubator_id
WHERE booking.id = $1 AND space.retired_at IS NULL AND incubator.status = 'open'
ORDER BY incubator.id <> here.id, incubator.gmina_id <> here.gmina_id, space.capacity, incubator.name, space.position,
    space.id
LIMIT $2
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherRoom:
    """`asks`: there it waits for approval, and is not had at once. `price` beside what it costs now."""

    id: UUID
    name_pl: str
    name_en: str
    capacity: int
    incubator_id: UUID
    incubator_name: str
    asks: bool
    price: MovePrice


async def other_rooms(
    tx: Tx, *, actor: Actor, booking: BookingView, period: Period, now: datetime
) -> tuple[OtherRoom, ...]:
    """At most `MOST`; none while a part of the price would stay, when it can only be made longer. Nothing is held: one
    can be gone when it is asked for."""
    if await keeps_a_part(tx, actor=actor, booking=booking, now=now):
        return ()
    rows = await tx.fetch(ALIKE, booking.id, LOOKED_AT)
    free = await _free(tx, [row["id"] for row in rows], period, now)
    found: list[OtherRoom] = []
    for row in rows:
        room = await _room(tx, actor, booking, row, period, now) if row["id"] in free else None
        if room is not None:
            found.append(room)
        if len(found) == MOST:
            break
    return tuple(found)


async def _free(tx: Tx, space_ids: Sequence[UUID], period: Period, now: datetime) -> set[UUID]:
    times = await availability(tx, space_ids=space_ids, span=period, now=now) if space_ids else []
    return {one.space_id for one in times if any(Period(*stretch).contains(period) for stretch in one.free)}


async def _room(
    tx: Tx, actor: Actor, booking: BookingView, row: asyncpg.Record, period: Period, now: datetime
) -> OtherRoom | None:
    """None where its rules say no, or what is firm would cost more and has to be paid first there."""
    space = await space_to_book(tx, space_id=row["id"], span=period)
    try:
        must_be_movable(actor=actor, booking=booking, space=space, period=period, now=now)
        price = await price_of_move(tx, actor=actor, booking=booking, period=period, space_id=space.id, now=now)
    except Refusal:
        return None
    if price.paid_first:
        return None
    state = state_after(actor=actor, booking=booking, space=space, period=period)
    return OtherRoom(**dict(row), asks=state == State.AWAITING_APPROVAL, price=price)
