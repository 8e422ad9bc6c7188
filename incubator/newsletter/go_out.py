"""An issue goes out: its letters are written down once, and when no copy is left it is sent."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.mail.post import post
from incubator.newsletter.compose import letters_of, said_in
from incubator.newsletter.copies import any_left
from incubator.newsletter.counts import counts_of
from incubator.newsletter.issues import BRIEF
from incubator.newsletter.parts import parts_of
from incubator.newsletter.views import Counts, IssueBrief
from incubator.people.addressee import addressees
from incubator.people.telling import tell
from incubator.web.letters import letter

DUE = f"{BRIEF} WHERE issue.id = $1 AND state = 'scheduled' AND send_at <= $2 FOR NO KEY UPDATE OF issue"
GOING = f"{BRIEF} WHERE issue.id = $1 AND state = 'sending' AND queued_at IS NOT NULL FOR NO KEY UPDATE OF issue"
LETTER = "INSERT INTO newsletter_letter (issue_id, locale, subject, text, html) VALUES ($1, $2, $3, $4, $5)"
BEGIN = "UPDATE newsletter_issue SET state = 'sending', started_at = $2, version = version + 1 WHERE id = $1"
EMPTY = "UPDATE newsletter_issue SET state = 'withdrawn', send_at = NULL, version = version + 1 WHERE id = $1"
FINISH = "UPDATE newsletter_issue SET state = 'sent', finished_at = $2, version = version + 1 WHERE id = $1"
AUTHOR = "SELECT created_by FROM newsletter_issue WHERE id = $1"


async def begin_issue(tx: Tx, *, issue_id: UUID, now: datetime) -> None:
    """If it is due and was not begun. One of which nothing is public any more is withdrawn, and its author told."""
    row = await tx.fetchrow(DUE, issue_id, now)
    if row is None:
        return
    issue = IssueBrief(**row)
    letters = await letters_of(tx, issue=issue, parts=await parts_of(tx, issue_id=issue_id))
    if not letters:
        await tx.execute(EMPTY, issue_id)
        await _tell(tx, issue, "withdraw_issue", now, empty=True, counts=Counts())
        return
    await tx.executemany(LETTER, [(issue_id, each.locale, each.subject, each.text, each.html) for each in letters])
    await tx.execute(BEGIN, issue_id, now)
    await tell(tx, None, now, "begin_issue", of=("newsletter_issue", issue.id), gmina_id=issue.gmina_id)


async def finish_issue(tx: Tx, *, issue_id: UUID, now: datetime) -> bool:
    """If no copy waits or is being handed over; whether it was. Its author is told."""
    row = await tx.fetchrow(GOING, issue_id)
    if row is None or await any_left(tx, issue_id=issue_id):
        return False
    await tx.execute(FINISH, issue_id, now)
    counts = await counts_of(tx, issue_id=issue_id)
    await _tell(tx, IssueBrief(**row), "finish_issue", now, empty=False, counts=counts)
    return True


async def _tell(tx: Tx, issue: IssueBrief, verb: str, now: datetime, *, empty: bool, counts: Counts) -> None:
    await tell(tx, None, now, verb, of=("newsletter_issue", issue.id), gmina_id=issue.gmina_id)
    author = await tx.fetchval(AUTHOR, issue.id)
    for one in await addressees(tx, account_id=author, organisation_id=None):
        told = letter(
            "newsletter/mail/finished.txt",
            one.locale,
            name=one.name,
            title=said_in(issue, "title", one.locale),
            issue_id=issue.id,
            empty=empty,
            counts=counts,
        )
        await post(tx, to=one.email, subject=told.subject, text=told.text, now=now)
