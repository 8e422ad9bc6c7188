"""Start an issue: a draft, which only those who write it see."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.newsletter.details import IssueDetails
from incubator.newsletter.issues import issue_to_run
from incubator.newsletter.segments import clean_segment
from incubator.newsletter.views import IssueView
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.programmes.queries import must_run

START = """
INSERT INTO newsletter_issue (gmina_id, title_pl, title_en, to_gmina_ids, to_interests, state, created_by, created_at, version)
VALUES ($1, $2, $3, $4, $5, 'draft', $6, $7, 1) RETURNING id
"""


async def start_issue(
    tx: Tx, *, actor: Actor, gmina_id: UUID | None, details: IssueDetails, now: datetime
) -> IssueView:
    """Of a gmina or, without one, of the metropolis. Raises NotYours, NoSuchGmina."""
    must_run(actor, gmina_id)
    gminas, interests = await clean_segment(tx, gmina_id=gmina_id, details=details)
    titles = (details.title_pl, details.title_en)
    key = await tx.fetchval(START, gmina_id, *titles, gminas, interests, actor.account_id, now)
    await tell(tx, actor, now, "start_issue", of=("newsletter_issue", key), gmina_id=gmina_id)
    return await issue_to_run(tx, actor=actor, issue_id=key)
