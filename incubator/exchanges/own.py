"""What a reader has of a session already: kept by registrations, and told on the session's page."""

from dataclasses import dataclass
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor

OWN = """
SELECT id, state FROM registration
WHERE session_id = $1 AND account_id = $2 AND state IN ('waiting', 'offered', 'registered')
ORDER BY created_at DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSeats:
    """A registration that still counts."""

    id: UUID
    state: str


async def own_seats(tx: Tx, *, reader: Actor | None, session_id: UUID) -> OwnSeats | None:
    """None for who is not signed in, too: their link is in their mail."""
    row = await tx.fetchrow(OWN, session_id, reader.account_id) if reader else None
    return OwnSeats(**row) if row else None
