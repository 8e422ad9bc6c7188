"""Remind who registered, a day before unless they chose otherwise; whoever takes part online gets the link with it."""

from datetime import datetime, timedelta

from incubator.db.engine import Tx
from incubator.mail.reminded import first_time
from incubator.people.notices import UNSAID, About
from incubator.people.reminders_due import MINUTES, NOT_YET
from incubator.registrations.queries import registration_by_id
from incubator.registrations.tell import News, tell

DAY = timedelta(days=1)
MOST = 300
# Who registered since then knows; they are told the link all the same.
TO_REMIND = f"""
WITH wanted AS (
    SELECT registration.id AS subject_id, registration.email, lower(session.period) AS starts, minutes
    FROM registration JOIN session ON session.id = session_id
    LEFT JOIN notice_choice AS choice ON choice.account_id = registration.account_id AND choice.about = $4
    CROSS JOIN LATERAL unnest({MINUTES.format(chosen="coalesce(choice.reminders, $5)")}) AS minutes
    WHERE registration.state = 'registered' AND NOT walk_in AND told >= 0 AND registration.email <> ''
        AND session.state = 'published' AND lower(session.period) > $1 AND lower(session.period) <= $1 + $2::interval
        AND lower(session.period) <= $1::timestamptz + minutes * interval '1 minute'
        AND (registration.created_at < lower(session.period) - minutes * interval '1 minute'
            OR session.online_url <> '' AND session.mode IN ('online', 'hybrid'))
)
SELECT DISTINCT ON (subject_id) * FROM wanted WHERE {NOT_YET} ORDER BY subject_id, minutes LIMIT $3
"""
STANDS = """
SELECT registration.id FROM registration JOIN session ON session.id = session_id
WHERE registration.id = $1 AND registration.state = 'registered' AND session.state = 'published'
    AND lower(session.period) = $2 FOR NO KEY UPDATE OF registration SKIP LOCKED
"""


async def remind_registered(tx: Tx, *, now: datetime) -> None:
    """Once each, and of nothing that is being moved or given up meanwhile."""
    for key, email, starts, minutes in await tx.fetch(
        TO_REMIND, now, DAY, MOST, About.SESSIONS, UNSAID[About.SESSIONS]
    ):
        stands = await tx.fetchval(STANDS, key, starts)
        if stands and await first_time(tx, subject_id=key, to=email, minutes=minutes, starts=starts):
            found = await registration_by_id(tx, registration_id=key)
            await tell(tx, registration=found, what=News.REMINDER, now=now)
