"""What the house itself has to tell of meetings: each job takes some, writes, and marks them as told."""

from datetime import datetime, timedelta

from incubator.db.engine import Tx
from incubator.db.versions import bump
from incubator.mentoring.queries import OPEN
from incubator.mentoring.tell import News, remind, tell
from incubator.mentoring.views import VIEW, view_of

AFTER = timedelta(days=3)
"""So long after a meeting who has not confirmed its record is asked to."""
MOST = 300
SKIP = "ORDER BY meeting.id LIMIT {most} FOR UPDATE OF meeting SKIP LOCKED"

# Booked by a statement that writes no mails: it puts down many at once, in milliseconds.
BOOKED = f"{VIEW} WHERE meeting.told_at IS NULL AND meeting.locked_at IS NULL {SKIP.format(most=MOST)}"
LOST = f"""{VIEW} WHERE {OPEN} AND upper(meeting.period) > $1 AND meeting.state = 'booked'
    AND meeting.room_lost_at IS NULL AND booking.state IN ('cancelled', 'declined', 'expired') {SKIP.format(most=MOST)}"""
UNCONFIRMED = f"""{VIEW} WHERE {OPEN} AND upper(meeting.period) < $1 AND meeting.reminded_at IS NULL
    {SKIP.format(most=MOST)}"""


async def tell_booked(tx: Tx, *, now: datetime) -> None:
    """Both sides read that a meeting was booked; what was called off meanwhile is no news."""
    for view in [view_of(row) for row in await tx.fetch(BOOKED)]:
        await tx.execute("UPDATE meeting SET told_at = $2 WHERE id = $1", view.id, now)
        if view.state == "booked":
            await tell(tx, view=view, what=News.BOOKED, now=now)


async def tell_room_lost(tx: Tx, *, now: datetime) -> None:
    """Both sides read that a coordinator called the room off, and that the meeting stands without it."""
    for view in [view_of(row) for row in await tx.fetch(LOST, now)]:
        await tx.execute("UPDATE meeting SET room_lost_at = $2 WHERE id = $1", view.id, now)
        await bump(tx, [view.mentor_id], [view.id])
        await tell(tx, view=view, what=News.ROOM_LOST, now=now)


async def ask_to_confirm(tx: Tx, *, now: datetime) -> None:
    """Three days after, once: who has not confirmed the record of a meeting is asked to."""
    for view in [view_of(row) for row in await tx.fetch(UNCONFIRMED, now - AFTER)]:
        await tx.execute("UPDATE meeting SET reminded_at = $2 WHERE id = $1", view.id, now)
        await remind(tx, view=view, now=now)
