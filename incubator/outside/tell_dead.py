"""Tell who added a calendar, once, that it can no longer be read."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.mail.post import post
from incubator.outside.clashes import page_of
from incubator.outside.problems import NotRead
from incubator.people.addressee import addressees
from incubator.web.letters import letter

DEAD = """
UPDATE outside_calendar SET told_at = $2 WHERE id = $1
RETURNING name, added_by, fetched_at, space_id, (SELECT slug FROM mentor WHERE mentor.id = mentor_id) AS slug
"""


async def tell_dead(tx: Tx, *, calendar_id: UUID, problem: NotRead, now: datetime) -> None:
    row = await tx.fetchrow(DEAD, calendar_id, now)
    assert row is not None, "its row is locked"
    for to in await addressees(tx, account_id=row["added_by"], organisation_id=None):
        told = letter(
            "outside/mail/dead.txt",
            to.locale,
            name=to.name,
            calendar=row["name"],
            problem=problem.sentence,
            fetched_at=row["fetched_at"],
            page=page_of(row["slug"], row["space_id"]),
        )
        await post(tx, to=to.email, subject=told.subject, text=told.text, now=now)
