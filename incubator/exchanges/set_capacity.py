"""Say how many may come. What is free beyond those who wait moves their line (registrations look at it)."""

from datetime import datetime
from uuid import UUID

from incubator.bookings.rules import must_hold
from incubator.db.engine import Tx
from incubator.exchanges.queries import session_by_id
from incubator.exchanges.rules import check_minimum
from incubator.exchanges.saving import count_on, session_to_change
from incubator.exchanges.seats import seats_of
from incubator.exchanges.views import SessionView
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.people.telling import tell


class FewerThanTaken(Conflict):
    """Fewer seats than are taken or offered already: `taken`."""

    code = "fewer_than_taken"
    sentence = N_("{taken} seats are taken already. There cannot be fewer.")

    def __init__(self, taken: int) -> None:
        super().__init__()
        self.taken = taken


SET = "UPDATE session_seats SET capacity = $2 WHERE session_id = $1"
SPACE = "SELECT capacity FROM space WHERE id = $1"


async def set_capacity(
    tx: Tx, *, actor: Actor, session_id: UUID, capacity: int | None, seen: int | None = None, now: datetime
) -> SessionView:
    """None: as many as like to come. Raises NoSuchSession, NotYours, ChangedMeanwhile, SessionCalledOff,
    FewerThanTaken, MinimumTooHigh, and TooManyPeople where the room does not hold so many."""
    found = await session_to_change(tx, actor=actor, session_id=session_id, seen=seen)
    space_id = found.space_id or found.asked_space_id
    if space_id is not None:
        must_hold(await tx.fetchval(SPACE, space_id), capacity)
    if found.decided_at is None:
        check_minimum(minimum=found.minimum, capacity=capacity)
    # Under the lock nobody takes one; the check session_not_overfull would say the same.
    seats = await seats_of(tx, session_id=session_id, lock=True)
    if capacity is not None and capacity < seats.taken:
        raise FewerThanTaken(seats.taken)
    await tx.execute(SET, session_id, capacity)
    await count_on(tx, session_id, now)
    of, before, after = ("session", session_id), {"capacity": seats.capacity}, {"capacity": capacity}
    await tell(tx, actor, now, "set_capacity", of=of, gmina_id=found.gmina_id, before=before, after=after)
    return await session_by_id(tx, session_id=session_id)
