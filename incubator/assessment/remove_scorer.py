"""Let somebody score no more in an edition."""

from datetime import datetime
from uuid import UUID

from incubator.assessment.appoint_scorer import NoSuchScorer
from incubator.assessment.reach import note, to_change
from incubator.assessment.tell import tell_person
from incubator.db.engine import Tx
from incubator.people.actor import Actor

REMOVE = """
UPDATE scorer SET removed_at = $3 WHERE edition_id = $1 AND account_id = $2 AND removed_at IS NULL RETURNING account_id
"""
DRAFTS = """
DELETE FROM score_sheet USING application
WHERE application.id = application_id AND edition_id = $1 AND score_sheet.account_id = $2
    AND score_sheet.submitted_at IS NULL
"""
ASSIGNMENTS = """
DELETE FROM assignment USING application
WHERE application.id = application_id AND edition_id = $1 AND assignment.account_id = $2 AND NOT EXISTS (
    SELECT FROM score_sheet WHERE score_sheet.application_id = assignment.application_id AND score_sheet.account_id = $2
)
"""


async def remove_scorer(tx: Tx, *, actor: Actor, edition_id: UUID, account_id: UUID, now: datetime) -> None:
    """Sheets that they have handed in count on; drafts are gone, and so is what they had still to score.
    They are written to. Raises NoSuchEdition, NotYours, NoCall, NotSetUp, RankingApproved, NoSuchScorer."""
    edition, _ = await to_change(tx, actor=actor, edition_id=edition_id)
    if await tx.fetchval(REMOVE, edition_id, account_id, now) is None:
        raise NoSuchScorer()
    await tx.execute(DRAFTS, edition_id, account_id)
    await tx.execute(ASSIGNMENTS, edition_id, account_id)
    after = {"account_id": account_id}
    await note(tx, verb="remove_scorer", edition=edition, actor_id=actor.account_id, now=now, after=after)
    await tell_person(tx, account_id=account_id, what="removed", now=now, edition=edition)
