"""How many applications to programmes wait for a check, for the desk: programmes stand above bookings, so this
reads their rows and links to their pages."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.people.actor import Actor

WAITING = """
SELECT count(*) FROM application
JOIN edition ON edition.id = application.edition_id JOIN programme ON programme.id = edition.programme_id
WHERE (application.state = 'submitted' OR application.state = 'supplementing' AND supplement_until <= $1)
    AND ($2 OR programme.gmina_id = ANY($3::uuid[]))
"""


async def applications_waiting(tx: Tx, *, actor: Actor, now: datetime) -> int:
    """In the programmes of the coordinator's gminas; of an administrator, in all."""
    n: int = await tx.fetchval(WAITING, now, actor.is_administrator, list(actor.coordinates))
    return n
