"""How much somebody was at the required meetings of their edition."""

from uuid import UUID

from incubator.db.engine import Tx
from incubator.participation.rules import Presence, Present, presence
from incubator.participation.views import ParticipationView

# Whole minutes, as lists are noted in. A participant was there as long as the one of its people who stayed longest; a member as long as they did.
MEETINGS = """
SELECT floor(extract(epoch FROM upper(period) - lower(period)) / 60)::int AS length, coalesce((
    SELECT max(minutes) FROM attendance
    WHERE programme_meeting_id = programme_meeting.id AND participation_id = $2
        AND ($3::uuid IS NULL OR account_id = $3)
), 0) AS minutes
FROM programme_meeting WHERE edition_id = $1 AND required AND cancelled_at IS NULL
"""


async def presence_of(tx: Tx, *, participation: ParticipationView, account_id: UUID | None = None) -> Presence:
    """Of the participant, or of one member of it."""
    rows = await tx.fetch(MEETINGS, participation.edition_id, participation.id, account_id)
    return presence((Present(row["length"], row["minutes"]) for row in rows), percent=participation.presence_percent)
