"""The room that a session of the metropolis asked a gmina for: what became of it, and that it is told when it was given."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.exchanges.queries import ROOM
from incubator.exchanges.shown import shown_anew
from incubator.exchanges.views import View
from incubator.people.telling import tell


class RoomAsked(View, frozen=True):
    """A room that was asked for, and how the booking stands; `reason` says why it was declined, where that was said."""

    booking_id: UUID
    state: str
    reason: str
    name_pl: str
    name_en: str
    incubator_name: str
    gmina_name: str


ASKED = f"""
SELECT booking.id AS booking_id, booking.state, booking.reason, space.name_pl, space.name_en, incubator.name AS incubator_name,
    gmina.name AS gmina_name
FROM session JOIN booking ON booking.id = session.booking_id JOIN space ON space.id = booking.space_id
JOIN incubator ON incubator.id = booking.incubator_id JOIN gmina ON gmina.id = booking.gmina_id
WHERE session.id = $1 AND session.room_asked_at IS NOT NULL AND session.state <> 'cancelled' AND NOT {ROOM}
"""
GIVEN = f"""
SELECT session.id, session.gmina_id FROM session JOIN booking ON booking.id = session.booking_id
WHERE session.room_asked_at IS NOT NULL AND {ROOM} ORDER BY session.id LIMIT 100 FOR NO KEY UPDATE OF session SKIP LOCKED
"""
SETTLE = """
UPDATE session SET room_asked_at = NULL, changed_at = $2, sequence = sequence + 1, version = version + 1 WHERE id = $1
"""


async def room_asked(tx: Tx, *, session_id: UUID) -> RoomAsked | None:
    """For who runs the session: the room that it waits for, or did not get."""
    row = await tx.fetchrow(ASKED, session_id)
    return RoomAsked(**row) if row is not None else None


async def settle_rooms(tx: Tx, *, now: datetime) -> None:
    """Who is registered is told by comparison that there is a room now (docs/decisions/0015); who asked for it was
    written to when it was given."""
    for row in await tx.fetch(GIVEN):
        await tx.execute(SETTLE, row["id"], now)
        await shown_anew(tx, [row["id"]])
        await tell(tx, None, now, "get_room", of=("session", row["id"]), gmina_id=row["gmina_id"])
