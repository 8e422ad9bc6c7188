"""Remind both sides of a meeting that they will meet."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.mail.reminded import first_time
from incubator.mentoring.states import Side
from incubator.mentoring.tell import News, write
from incubator.mentoring.views import VIEW, view_of
from incubator.people.notices import About
from incubator.people.reminders_due import reminders_due

SOON = """meeting.state = 'booked' AND lower(meeting.period) > $1
    AND lower(meeting.period) <= $1::timestamptz + interval '1 day'"""
COMING = f"""
SELECT meeting.id AS subject_id, meeting.account_id, meeting.organisation_id, lower(meeting.period) AS starts,
    meeting.created_at AS known_at FROM meeting WHERE {SOON}
UNION ALL
SELECT meeting.id, mentor.account_id, NULL, lower(meeting.period), meeting.created_at
FROM meeting JOIN mentor ON mentor.id = meeting.mentor_id WHERE {SOON}
"""
STANDS = f"{VIEW} WHERE meeting.id = $1 AND meeting.state = 'booked' AND lower(meeting.period) = $2 FOR NO KEY UPDATE OF meeting SKIP LOCKED"


async def remind_of_meetings(tx: Tx, *, now: datetime) -> None:
    """Once each, and of nothing that is being moved or called off meanwhile."""
    for due in await reminders_due(tx, about=About.MEETINGS, coming=COMING, now=now):
        row = await tx.fetchrow(STANDS, due.subject_id, due.starts)
        if row is not None and await first_time(
            tx, subject_id=due.subject_id, to=due.to.email, minutes=due.minutes, starts=due.starts
        ):
            view = view_of(row)
            side = Side.MENTOR if due.to.account_id == view.mentor_account_id else Side.STARTUP
            await write(tx, to=due.to, side=side, view=view, what=News.REMINDER, now=now)
