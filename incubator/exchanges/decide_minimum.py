"""The house calls off what too few came to: at the time that was said, unless enough seats are taken."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.exchanges.call_off import end
from incubator.exchanges.queries import session_by_id
from incubator.exchanges.seats import seats_of
from incubator.exchanges.tell import tell_runners
from incubator.people.telling import tell

# Not of one that has begun meanwhile: who is there is not told that it does not take place.
DUE = """
SELECT id FROM session
WHERE state = 'published' AND decide_at <= $1 AND decided_at IS NULL AND lower(period) > $1 ORDER BY decide_at, id LIMIT 100
FOR NO KEY UPDATE SKIP LOCKED
"""
# Nobody took them in time; the job that gives them on has not come round yet.
OVERDUE = """
SELECT coalesce(sum(seats), 0)::int FROM registration
WHERE session_id = $1 AND state = 'offered' AND offered_until <= $2
"""
DECIDED = "UPDATE session SET decided_at = $2 WHERE id = $1"


async def decide_minimum(tx: Tx, *, now: datetime) -> None:
    """Whoever registers in this moment comes before, and counts, or after, and is told that nothing is to be had:
    both meet at the row of the seats."""
    for row in await tx.fetch(DUE, now):
        session = await session_by_id(tx, session_id=row["id"])
        seats = await seats_of(tx, session_id=session.id, lock=True)
        taken = seats.taken - await tx.fetchval(OVERDUE, session.id, now)
        await tx.execute(DECIDED, session.id, now)
        assert session.minimum is not None
        if taken < session.minimum:
            await end(tx, session=session, actor_id=None, verb="call_off_by_minimum", reason="", now=now)
            await tell_runners(tx, session=session, what="too_few", now=now, taken=taken)
        else:
            of, after = ("session", session.id), {"taken": taken}
            await tell(tx, None, now, "decide_minimum", of=of, gmina_id=session.gmina_id, after=after)
