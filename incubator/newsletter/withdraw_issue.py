"""Withdraw an issue before it goes, or throw away one that did not go."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.newsletter.issues import issue_to_change, issue_to_run
from incubator.newsletter.states import State
from incubator.newsletter.views import IssueView
from incubator.people.actor import Actor
from incubator.people.telling import tell

WITHDRAW = "UPDATE newsletter_issue SET state = 'withdrawn', send_at = NULL, version = version + 1 WHERE id = $1"
DISCARD = (
    "DELETE FROM newsletter_trial WHERE issue_id = $1",
    "DELETE FROM newsletter_part WHERE issue_id = $1",
    "DELETE FROM newsletter_issue WHERE id = $1",
)


async def withdraw_issue(tx: Tx, *, actor: Actor, issue_id: UUID, now: datetime, seen: int | None = None) -> IssueView:
    """It can be written on again, and scheduled. Raises NoSuchIssue, NotYours, ChangedMeanwhile, IssueNotSo: once it
    is going out it is too late."""
    brief = await issue_to_change(tx, actor=actor, issue_id=issue_id, seen=seen, to=State.WITHDRAWN)
    await tx.execute(WITHDRAW, issue_id)
    await tell(tx, actor, now, "withdraw_issue", of=("newsletter_issue", issue_id), gmina_id=brief.gmina_id)
    return await issue_to_run(tx, actor=actor, issue_id=issue_id)


async def discard_issue(tx: Tx, *, actor: Actor, issue_id: UUID, now: datetime, seen: int | None = None) -> None:
    """A draft, or one that was withdrawn. Raises NoSuchIssue, NotYours, ChangedMeanwhile, IssueNotSo."""
    brief = await issue_to_change(tx, actor=actor, issue_id=issue_id, seen=seen)
    for statement in DISCARD:
        await tx.execute(statement, issue_id)
    await tell(tx, actor, now, "discard_issue", of=("newsletter_issue", issue_id), gmina_id=brief.gmina_id)
