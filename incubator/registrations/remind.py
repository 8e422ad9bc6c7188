"""Remind who registered, a day before; whoever takes part online gets the link with it."""

from datetime import datetime, timedelta

from incubator.db.engine import Tx
from incubator.registrations.queries import registration_by_id
from incubator.registrations.tell import News, tell

BEFORE = timedelta(days=1)
MOST = 300
# Who registered within the last day knows; they are told the link all the same.
TO_REMIND = """
SELECT registration.id FROM registration JOIN session ON session.id = session_id
WHERE registration.state = 'registered' AND NOT walk_in AND reminded_at IS NULL AND told >= 0
    AND session.state = 'published' AND lower(session.period) > $1 AND lower(session.period) <= $1 + $2::interval
    AND (registration.created_at < $1::timestamptz - $2::interval
        OR session.online_url <> '' AND session.mode IN ('online', 'hybrid'))
ORDER BY registration.id LIMIT $3 FOR NO KEY UPDATE OF registration SKIP LOCKED
"""


async def remind_registered(tx: Tx, *, now: datetime) -> None:
    """Once each."""
    for row in await tx.fetch(TO_REMIND, now, BEFORE, MOST):
        await tx.execute("UPDATE registration SET reminded_at = $2 WHERE id = $1", row["id"], now)
        found = await registration_by_id(tx, registration_id=row["id"])
        await tell(tx, registration=found, what=News.REMINDER, now=now)
