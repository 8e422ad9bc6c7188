"""What a person's own export holds of assessments, and what their erasure leaves."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.elsewhere import Query
from incubator.people.personal_data import query

# By code: the export of a scorer tells nobody who applied.
SHEETS = """
SELECT application.code AS application, score_sheet.comment, started_at, score_sheet.submitted_at, reopened,
    (SELECT json_agg(json_build_object('criterion', criterion.name_pl, 'points', points, 'comment', score.comment)
        ORDER BY position)
     FROM score JOIN criterion ON criterion.id = criterion_id
     WHERE score.application_id = score_sheet.application_id AND score.account_id = $1)::text AS scores
FROM score_sheet JOIN application ON application.id = application_id
WHERE score_sheet.account_id = $1 ORDER BY started_at, application.code
"""
DECLARATIONS = """
SELECT application.code AS application, conflicted, reason, declared_at
FROM conflict_declaration JOIN application ON application.id = application_id
WHERE conflict_declaration.account_id = $1 ORDER BY declared_at, application.code
"""
APPOINTED = """
SELECT edition.name_pl AS edition, programme.name_pl AS programme, appointed_at, removed_at
FROM scorer JOIN edition ON edition.id = edition_id JOIN programme ON programme.id = edition.programme_id
WHERE account_id = $1 ORDER BY appointed_at
"""
DECIDED = """
SELECT application.title AS application, outcome, decision.reason, answer_until, decided_at
FROM decision JOIN application ON application.id = application_id
WHERE application.account_id = $1 AND application.organisation_id IS NULL ORDER BY decided_at
"""

PERSONAL: tuple[tuple[str, Query], ...] = (
    ("scorer_of", query(APPOINTED)),
    ("conflict_declarations", query(DECLARATIONS)),
    ("score_sheets", query(SHEETS)),
    ("decisions", query(DECIDED)),
)
"""Sections of the export, in order."""

# What was handed in is the record of a public decision: it stays, and the account it names is empty. A
# declared conflict stays as well; the reason of one is the database's to keep (trigger conflicts_stay).
DRAFTS = "DELETE FROM score_sheet WHERE account_id = $1 AND submitted_at IS NULL"
ASSIGNMENTS = """
DELETE FROM assignment WHERE account_id = $1 AND NOT EXISTS (
    SELECT FROM score_sheet WHERE score_sheet.application_id = assignment.application_id
        AND score_sheet.account_id = assignment.account_id
)
"""
END = "UPDATE scorer SET removed_at = $2 WHERE account_id = $1 AND removed_at IS NULL"


async def forget_scorer(tx: Tx, *, actor: Actor, now: datetime) -> None:
    """They score no more; drafts and what they had still to score are gone."""
    await tx.execute(DRAFTS, actor.account_id)
    await tx.execute(ASSIGNMENTS, actor.account_id)
    await tx.execute(END, actor.account_id, now)
