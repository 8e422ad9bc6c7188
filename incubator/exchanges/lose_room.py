"""A session whose room a coordinator called off, by a closure say, or did not give when asked: it stands without one, and
that is told."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.exchanges.queries import session_by_id
from incubator.exchanges.shown import shown_anew
from incubator.exchanges.tell import tell_runners
from incubator.people.telling import tell

LOST = """
SELECT session.id, session.room_asked_at IS NOT NULL AS asked FROM session JOIN booking ON booking.id = session.booking_id
WHERE session.state <> 'cancelled' AND session.room_lost_at IS NULL AND upper(session.period) > $1
    AND booking.state IN ('cancelled', 'declined', 'expired')
ORDER BY session.id LIMIT 100 FOR NO KEY UPDATE OF session SKIP LOCKED
"""
# Nobody who is registered had heard of a room that was only asked for.
MARK = """
UPDATE session SET room_lost_at = $2, changed_at = $2, version = version + 1,
    sequence = sequence + CASE WHEN room_asked_at IS NULL THEN 1 ELSE 0 END
WHERE id = $1
"""


async def lose_rooms(tx: Tx, *, now: datetime) -> None:
    """Who runs the session is written to; who is registered is told by comparison (docs/decisions/0015)."""
    for row in await tx.fetch(LOST, now):
        await tx.execute(MARK, row["id"], now)
        await shown_anew(tx, [row["id"]])
        session = await session_by_id(tx, session_id=row["id"])
        await tell(tx, None, now, "lose_room", of=("session", session.id), gmina_id=session.gmina_id)
        await tell_runners(tx, session=session, what="room_not_given" if row["asked"] else "room_lost", now=now)
