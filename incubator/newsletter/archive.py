"""Issues that went out, for everybody to read."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.newsletter.issues import BRIEF, NoSuchIssue
from incubator.newsletter.views import ArchivedIssue, IssueBrief, LetterView

LIST = f"""
{BRIEF} WHERE started_at IS NOT NULL AND ($1::timestamptz IS NULL OR (started_at, issue.id) < ($1, $2::uuid))
ORDER BY started_at DESC, issue.id DESC LIMIT $3
"""
ONE = f"{BRIEF} WHERE started_at IS NOT NULL AND issue.id = $1"
LETTERS = "SELECT locale, subject, text, html FROM newsletter_letter WHERE issue_id = $1 ORDER BY locale DESC"


async def archived(tx: Tx, *, after: tuple[datetime, UUID] | None = None, limit: int = 50) -> list[IssueBrief]:
    """The latest first, those after the row `after`."""
    return [IssueBrief(**row) for row in await tx.fetch(LIST, *(after or (None, None)), limit)]


async def archived_issue(tx: Tx, *, issue_id: UUID) -> ArchivedIssue:
    """As it went out, in each language. Raises NoSuchIssue."""
    row = await tx.fetchrow(ONE, issue_id)
    if row is None:
        raise NoSuchIssue()
    letters = [LetterView(**each) for each in await tx.fetch(LETTERS, issue_id)]
    return ArchivedIssue(id=issue_id, gmina_name=row["gmina_name"], started_at=row["started_at"], letters=letters)
