"""A note about a meeting for oneself alone."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.mentoring.queries import meeting_for, side_of
from incubator.mentoring.recording import must_be_a_side
from incubator.people.actor import Actor

KEEP = """
INSERT INTO meeting_note (meeting_id, account_id, text, changed_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (meeting_id, account_id) DO UPDATE SET text = excluded.text, changed_at = excluded.changed_at
"""


async def write_note(tx: Tx, *, actor: Actor, meeting_id: UUID, text: str, now: datetime) -> None:
    """What the person wrote instead of what they wrote before; nobody else ever reads it, and an empty one is
    gone. Raises NotASide, NoSuchMeeting."""
    meeting = await meeting_for(tx, actor=actor, meeting_id=meeting_id)
    must_be_a_side(side_of(actor, meeting))
    if text.strip():
        await tx.execute(KEEP, meeting_id, actor.account_id, text, now)
    else:
        await tx.execute(
            "DELETE FROM meeting_note WHERE meeting_id = $1 AND account_id = $2", meeting_id, actor.account_id
        )
