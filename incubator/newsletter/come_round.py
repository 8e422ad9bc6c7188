"""What comes round by itself: issues whose time has come, or of which something is left, are taken up."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.jobs.enqueue import enqueue
from incubator.newsletter.copies import give_up_lost
from incubator.newsletter.rules import TAKEN_FOR_DEAD
from incubator.newsletter.send_issue import JOB, LANES

DUE = """
SELECT issue.id FROM newsletter_issue AS issue WHERE issue.state = 'scheduled' AND issue.send_at <= $1
    OR issue.state = 'sending' AND (issue.queued_at IS NULL
        OR EXISTS (SELECT FROM newsletter_delivery WHERE issue_id = issue.id AND state = 'waiting' AND next_at <= $1)
        OR NOT EXISTS (SELECT FROM newsletter_delivery WHERE issue_id = issue.id AND state IN ('waiting', 'handing')))
ORDER BY issue.send_at, issue.id
"""


async def newsletters_due(tx: Tx, *, now: datetime) -> None:
    """Ask for workers, as many as may send an issue at once; one for which no lane is free does nothing."""
    await give_up_lost(tx, now=now, after=TAKEN_FOR_DEAD)
    for row in await tx.fetch(DUE, now):
        for _ in range(LANES):
            await enqueue(tx, job=JOB, subject_id=row["id"])
