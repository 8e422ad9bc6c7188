"""Say anew what an issue is called and for whom it is."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.newsletter.details import IssueDetails
from incubator.newsletter.issues import issue_to_change, issue_to_run
from incubator.newsletter.segments import clean_segment
from incubator.newsletter.views import IssueView
from incubator.people.actor import Actor
from incubator.people.telling import tell

DESCRIBE = """
UPDATE newsletter_issue SET title_pl = $2, title_en = $3, to_gmina_ids = $4, to_interests = $5, version = version + 1
WHERE id = $1
"""


async def describe_issue(
    tx: Tx, *, actor: Actor, issue_id: UUID, details: IssueDetails, now: datetime, seen: int | None = None
) -> IssueView:
    """While it is a draft or withdrawn. Raises NoSuchIssue, NotYours, ChangedMeanwhile, IssueNotSo, NoSuchGmina."""
    brief = await issue_to_change(tx, actor=actor, issue_id=issue_id, seen=seen)
    segment = await clean_segment(tx, gmina_id=brief.gmina_id, details=details)
    await tx.execute(DESCRIBE, issue_id, details.title_pl, details.title_en, *segment)
    await tell(tx, actor, now, "describe_issue", of=("newsletter_issue", issue_id), gmina_id=brief.gmina_id)
    return await issue_to_run(tx, actor=actor, issue_id=issue_id)
