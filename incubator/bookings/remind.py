"""Remind who would like it of what they have booked."""

from datetime import datetime

from incubator.bookings.tell import News, write
from incubator.bookings.views import VIEW, view_of
from incubator.db.engine import Tx
from incubator.mail.reminded import first_time
from incubator.people.notices import About
from incubator.people.reminders_due import reminders_due

# The room of a meeting comes with the meeting. Asked house by house, as the one index by beginnings is: by ends, all that
# is to come would be read.
COMING = """
SELECT id AS subject_id, account_id, organisation_id, lower(period) AS starts, created_at AS known_at FROM booking
WHERE state = 'confirmed' AND part_of IS NULL AND incubator_id = ANY(ARRAY(SELECT id FROM incubator))
    AND lower(period) > $1 AND lower(period) <= $1::timestamptz + interval '1 day'
"""
STANDS = f"{VIEW} WHERE booking.id = $1 AND booking.state = 'confirmed' AND lower(booking.period) = $2 FOR NO KEY UPDATE OF booking SKIP LOCKED"


async def remind_of_bookings(tx: Tx, *, now: datetime) -> None:
    """Once each, and of nothing that is being moved or called off meanwhile."""
    for due in await reminders_due(tx, about=About.BOOKINGS, coming=COMING, now=now):
        row = await tx.fetchrow(STANDS, due.subject_id, due.starts)
        if row is not None and await first_time(
            tx, subject_id=due.subject_id, to=due.to.email, minutes=due.minutes, starts=due.starts
        ):
            await write(tx, to=due.to, view=view_of(row), what=News.REMINDER, now=now)
