"""Assign every application that still lacks scorers, as evenly as can be."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from incubator.assessment.assign import APPLIED, ASSIGN
from incubator.assessment.reach import note, to_change
from incubator.assessment.sharing import TooFewScorers, assign_evenly
from incubator.assessment.tell import tell_person
from incubator.db.engine import Tx
from incubator.people.actor import Actor

APPLICATIONS = """
SELECT id FROM application WHERE edition_id = $1 AND state = 'formally_passed' ORDER BY number FOR UPDATE
"""
SCORERS = "SELECT account_id FROM scorer WHERE edition_id = $1 AND removed_at IS NULL ORDER BY account_id"
KEPT = """
SELECT application_id, assignment.account_id FROM assignment JOIN application ON application.id = application_id
WHERE edition_id = $1 AND state = 'formally_passed'
"""
NEVER = f"""
SELECT application.id, scorer.account_id FROM application JOIN scorer USING (edition_id)
WHERE edition_id = $1 AND (
    {APPLIED.format(application="application.id", account="scorer.account_id")}
    OR EXISTS (SELECT FROM conflict_declaration AS declared
        WHERE declared.application_id = application.id AND declared.account_id = scorer.account_id AND conflicted)
)
"""


async def share_out(tx: Tx, *, actor: Actor, edition_id: UUID, now: datetime) -> int:
    """How many assignments were added. What is assigned stays; who is assigned anew is written to. Raises
    NoSuchEdition, NotYours, NoCall, NotSetUp, RankingApproved, TooFewScorers."""
    edition, assessment = await to_change(tx, actor=actor, edition_id=edition_id)
    applications = [row["id"] for row in await tx.fetch(APPLICATIONS, edition_id)]
    try:
        pairs = assign_evenly(
            applications=applications,
            scorers=[row["account_id"] for row in await tx.fetch(SCORERS, edition_id)],
            needed=assessment.scorers_needed,
            never={(row["id"], row["account_id"]) for row in await tx.fetch(NEVER, edition_id)},
            kept={(row["application_id"], row["account_id"]) for row in await tx.fetch(KEPT, edition_id)},
        )
    except LookupError as error:
        code = await tx.fetchval("SELECT code FROM application WHERE id = $1", error.args[0])
        raise TooFewScorers(code) from None
    for application_id, account_id in pairs:
        await tx.execute(ASSIGN, application_id, account_id, actor.account_id, now)
    await note(
        tx, verb="share_out", edition=edition, actor_id=actor.account_id, now=now, after={"assigned": len(pairs)}
    )
    for account_id, count in sorted(Counter(who for _, who in pairs).items()):
        await tell_person(tx, account_id=account_id, what="assigned", now=now, edition=edition, count=count)
    return len(pairs)
