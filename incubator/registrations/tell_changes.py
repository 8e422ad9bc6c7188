"""Tell those who registered what has happened since: a job compares what each was told of with what is so now
(docs/decisions/0015). So a change of a session with 300 people is one row, a crash forgets no mail, and two changes
within a minute make one."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.exchanges.seats import seats_of
from incubator.registrations.queries import locked_registration
from incubator.registrations.settle import settle
from incubator.registrations.states import State
from incubator.registrations.tell import News, tell, tell_tickets

MOST = 300
# Registered by a statement that writes no mails, and everybody else who was told of less than there is.
BEHIND = """
SELECT registration.id, registration.session_id FROM registration JOIN session ON session.id = session_id
WHERE registration.state = 'registered' AND told < 0 AND NOT walk_in AND session.state = 'published'
    OR registration.state IN ('waiting', 'offered', 'registered') AND told >= 0 AND told < session.sequence
        AND session.state = 'published' AND lower(session.period) > $1
    OR registration.state IN ('waiting', 'offered', 'registered') AND session.state = 'cancelled'
ORDER BY session_id, registration.id LIMIT $2
"""
TOLD = "UPDATE registration SET told = $2 WHERE id = $1"


async def tell_changes(tx: Tx, *, now: datetime) -> None:
    """Who has registered gets tickets; whose session was moved reads where and when it is; whose session was called
    off is turned away and reads why. Seats are locked session by session, in order."""
    locked: UUID | None = None
    for row in await tx.fetch(BEHIND, now, MOST):
        if row["session_id"] != locked:
            locked = row["session_id"]
            await seats_of(tx, session_id=row["session_id"], lock=True)
        await _tell(tx, row["id"], now)


async def _tell(tx: Tx, key: UUID, now: datetime) -> None:
    found = await locked_registration(tx, registration_id=key)
    sequence = found.session.sequence
    if found.session.state == "cancelled":
        view = await settle(tx, registration=found, to=State.TURNED_AWAY, verb="turn_away", actor_id=None, now=now)
        # Who never confirmed an address is not written to about it.
        if found.told >= 0 or found.state == State.REGISTERED:
            await tell(tx, registration=view, what=News.CALLED_OFF, now=now)
    elif found.told < 0:
        await tell(tx, registration=found, what=News.REGISTERED, now=now)
        await tell_tickets(tx, registration=found, now=now)
    else:
        await tell(tx, registration=found, what=News.CHANGED, now=now)
    await tx.execute(TOLD, key, sequence)
