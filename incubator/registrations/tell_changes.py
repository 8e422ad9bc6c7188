"""Tell those who registered what has happened since: a job compares what each was told of with what is so now
(docs/decisions/0015). So a change of a session with 300 people is one row, a crash forgets no mail, and two changes
within a minute make one."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.exchanges.seats import seats_of
from incubator.registrations.queries import locked_registration, registration_by_id
from incubator.registrations.settle import settle
from incubator.registrations.states import State
from incubator.registrations.tell import News, tell, tell_tickets

MOST = 300
# Who walked in has no address, and was there.
TO_TURN_AWAY = """
SELECT registration.id, session_id FROM registration JOIN session ON session.id = session_id
WHERE registration.state IN ('waiting', 'offered', 'registered') AND session.state = 'cancelled' AND NOT walk_in
ORDER BY session_id, registration.id LIMIT $1
"""
# Registered by a statement that writes no mails, and everybody else who was told of less than there is. Their seats
# are not locked: nobody has to wait for these letters who wants to register.
BEHIND = """
SELECT registration.id, session.sequence FROM registration JOIN session ON session.id = session_id
WHERE session.state = 'published' AND registration.id IN (
    SELECT id FROM registration WHERE state = 'registered' AND told < 0 AND NOT walk_in
    UNION ALL
    SELECT other.id FROM session AS moved JOIN registration AS other ON other.session_id = moved.id
    WHERE moved.state = 'published' AND lower(moved.period) > $1 AND moved.sequence > 0
        AND other.state IN ('waiting', 'offered', 'registered') AND told >= 0 AND told < moved.sequence
)
ORDER BY session_id, registration.id LIMIT $2 FOR NO KEY UPDATE OF registration SKIP LOCKED
"""
TOLD = "UPDATE registration SET told = $2 WHERE id = $1"


async def tell_changes(tx: Tx, *, now: datetime) -> None:
    """Who has registered gets tickets; whose session was moved reads where and when it is; whose session was called
    off is turned away and reads why."""
    locked: UUID | None = None
    for row in await tx.fetch(TO_TURN_AWAY, MOST):
        if row["session_id"] != locked:  # before its registrations, as everybody does
            locked = row["session_id"]
            await seats_of(tx, session_id=row["session_id"], lock=True)
        await _turn_away(tx, row["id"], now)
    # From here on no seats are locked, so nobody who holds some waits for us in a ring.
    for row in await tx.fetch(BEHIND, now, MOST):
        await _tell(tx, row["id"], row["sequence"], now)


async def _turn_away(tx: Tx, key: UUID, now: datetime) -> None:
    found = await locked_registration(tx, registration_id=key)
    view = await settle(tx, registration=found, to=State.TURNED_AWAY, verb="turn_away", actor_id=None, now=now)
    # Who never confirmed an address is not written to about it.
    if found.told >= 0 or found.state == State.REGISTERED:
        await tell(tx, registration=view, what=News.CALLED_OFF, now=now)
    await tx.execute(TOLD, key, found.session.sequence)


async def _tell(tx: Tx, key: UUID, sequence: int, now: datetime) -> None:
    found = await registration_by_id(tx, registration_id=key)
    if found.told < 0:
        await tell(tx, registration=found, what=News.REGISTERED, now=now)
        await tell_tickets(tx, registration=found, now=now)
    else:
        await tell(tx, registration=found, what=News.CHANGED, now=now)
    await tx.execute(TOLD, key, sequence)
