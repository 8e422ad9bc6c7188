"""Call a session off: its room is free again, and nobody can register any more."""

from datetime import datetime
from uuid import UUID

from incubator.bookings.room_of import leave_room
from incubator.db.engine import Tx
from incubator.db.history import record_of
from incubator.exchanges.announce import SessionOver
from incubator.exchanges.following import Reach, with_following
from incubator.exchanges.queries import session_by_id
from incubator.exchanges.reopen_topics import reopen_topics
from incubator.exchanges.saving import session_to_change
from incubator.exchanges.shown import shown_anew
from incubator.exchanges.states import State
from incubator.exchanges.views import SessionView
from incubator.people.actor import Actor

OFF = """
UPDATE session SET state = 'cancelled', cancelled_at = $2, reason = $3, sequence = sequence + 1,
    version = version + 1, changed_at = $2
WHERE id = $1 RETURNING booking_id
"""
SHUT = "UPDATE session_seats SET open = false WHERE session_id = $1"


async def call_off(
    tx: Tx,
    *,
    actor: Actor,
    session_id: UUID,
    reason: str,
    reach: Reach = "this",
    seen: int | None = None,
    now: datetime,
) -> SessionView:
    """Alone or with those that follow it in its series. Raises NoSuchSession, NotYours, ChangedMeanwhile,
    SessionCalledOff, SessionOver."""
    found = await session_to_change(tx, actor=actor, session_id=session_id, seen=seen, to=State.CANCELLED)
    if found.public and found.end <= now:
        raise SessionOver()
    for one in await with_following(tx, session=found, reach=reach, now=now):
        await end(tx, session=one, actor_id=actor.account_id, verb="call_off", reason=reason, now=now)
    return await session_by_id(tx, session_id=session_id)


async def end(tx: Tx, *, session: SessionView, actor_id: UUID | None, verb: str, reason: str, now: datetime) -> None:
    """Of a session that is locked. Who is registered is told by comparison (docs/decisions/0015)."""
    booking = await tx.fetchval(OFF, session.id, now, reason)
    await tx.execute(SHUT, session.id)
    await leave_room(tx, actor_id=actor_id, booking_id=booking, now=now)
    before, after = {"state": session.state}, {"state": "cancelled"}
    await record_of(tx, "session", session, verb=verb, actor_id=actor_id, now=now, before=before, after=after)
    await reopen_topics(tx, session_id=session.id, actor_id=actor_id, now=now)
    await shown_anew(tx, [session.id])
