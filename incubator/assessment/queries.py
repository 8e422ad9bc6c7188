"""How an edition is judged, who judges, and how far they are: for who runs it."""

from uuid import UUID

from incubator.assessment.views import (
    AssessmentView,
    AssignmentView,
    ConflictView,
    CriterionView,
    FormalItemView,
    ProgressView,
    ScorerView,
)
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.programmes.queries import edition_to_run


class NoCall(Conflict):
    """An edition is judged by what its call asks for; there is none yet."""

    code = "assessment_without_call"
    sentence = N_("Describe the call for applications first; then say how they are judged.")


class NotSetUp(Conflict):
    """Nobody has said yet how the applications are judged."""

    code = "assessment_not_set_up"
    sentence = N_("First say how the applications are judged: the rules and the criteria.")


ASSESSMENT = """
SELECT call.edition_id, call.anonymous, coalesce(scorers_needed, 2) AS scorers_needed,
    coalesce(threshold_percent, 50) AS threshold_percent, coalesce(supplement_days, 7) AS supplement_days,
    coalesce(answer_days, 7) AS answer_days, reserve_places, coalesce(tie_rule, '{submitted_at}') AS tie_rule, lot_seed,
    coalesce(assessment.version, 0) AS version,
    EXISTS (SELECT FROM formal_check JOIN application ON application.id = application_id
        WHERE application.edition_id = $1) AS checking,
    EXISTS (SELECT FROM score_sheet JOIN application ON application.id = application_id
        WHERE application.edition_id = $1) AS frozen,
    EXISTS (SELECT FROM ranking WHERE ranking.edition_id = $1 AND approved_at IS NOT NULL) AS approved
FROM call LEFT JOIN assessment USING (edition_id) WHERE call.edition_id = $1
"""
ITEMS = "SELECT id, name_pl, name_en FROM formal_item WHERE edition_id = $1 ORDER BY position"
CRITERIA = """
SELECT id, name_pl, name_en, help_pl, help_en, most, weight, least FROM criterion WHERE edition_id = $1 ORDER BY position
"""
SCORERS = """
SELECT scorer.account_id, coalesce(account.name, '') AS name, account.email,
    count(assignment.application_id) AS assigned, count(score_sheet.submitted_at) AS submitted,
    (SELECT count(*) FROM conflict_declaration JOIN application ON application.id = application_id
        WHERE application.edition_id = $1 AND conflict_declaration.account_id = scorer.account_id AND conflicted) AS conflicts
FROM scorer JOIN account ON account.id = scorer.account_id
LEFT JOIN (assignment JOIN application ON application.id = assignment.application_id AND application.edition_id = $1)
    ON assignment.account_id = scorer.account_id
LEFT JOIN score_sheet ON score_sheet.application_id = assignment.application_id
    AND score_sheet.account_id = scorer.account_id
WHERE scorer.edition_id = $1 AND scorer.removed_at IS NULL
GROUP BY scorer.account_id, account.name, account.email ORDER BY account.name, scorer.account_id
"""
# What is scored, and what was: everything that passed the formal check.
IN_SCORING = "'formally_passed', 'offered', 'reserve', 'below_threshold', 'not_admitted', 'admitted', 'declined'"
PROGRESS = f"""
SELECT application.id AS application_id, code, number, title, coalesce(organisation.name, account.name) AS applicant,
    application.state
FROM application JOIN account ON account.id = application.account_id
LEFT JOIN organisation ON organisation.id = application.organisation_id
WHERE edition_id = $1 AND application.state IN ({IN_SCORING}) ORDER BY number
"""
ASSIGNMENTS = """
SELECT assignment.application_id, assignment.account_id, account.name,
    CASE WHEN score_sheet.submitted_at IS NOT NULL THEN 'submitted' WHEN score_sheet.account_id IS NOT NULL THEN 'draft'
        WHEN declared.account_id IS NOT NULL THEN 'declared' ELSE 'undeclared' END AS state
FROM assignment JOIN application ON application.id = assignment.application_id
JOIN account ON account.id = assignment.account_id
LEFT JOIN conflict_declaration AS declared ON declared.application_id = assignment.application_id
    AND declared.account_id = assignment.account_id
LEFT JOIN score_sheet ON score_sheet.application_id = assignment.application_id
    AND score_sheet.account_id = assignment.account_id
WHERE application.edition_id = $1 ORDER BY account.name, assignment.account_id
"""
CONFLICTS = """
SELECT application_id, conflict_declaration.account_id, account.name, reason
FROM conflict_declaration JOIN application ON application.id = application_id
JOIN account ON account.id = conflict_declaration.account_id
WHERE application.edition_id = $1 AND conflicted ORDER BY declared_at
"""


async def assessment_of(tx: Tx, *, edition_id: UUID) -> AssessmentView:
    """How the edition's applications are judged, whoever asks. Raises NoCall."""
    row = await tx.fetchrow(ASSESSMENT, edition_id)
    if row is None:
        raise NoCall()
    items = [FormalItemView(**one) for one in await tx.fetch(ITEMS, edition_id)]
    return AssessmentView(**row, items=items, criteria=await criteria_of(tx, edition_id=edition_id))


async def criteria_of(tx: Tx, *, edition_id: UUID) -> list[CriterionView]:
    """The rubric, in order."""
    return [CriterionView(**row) for row in await tx.fetch(CRITERIA, edition_id)]


async def assessment_to_run(tx: Tx, *, actor: Actor, edition_id: UUID) -> AssessmentView:
    """The same, for who runs the edition. Raises NoSuchEdition, NotYours, NoCall."""
    await edition_to_run(tx, actor=actor, edition_id=edition_id)
    return await assessment_of(tx, edition_id=edition_id)


async def scorers_for(tx: Tx, *, actor: Actor, edition_id: UUID) -> list[ScorerView]:
    """Who scores in the edition, for who runs it. Raises NoSuchEdition, NotYours."""
    await edition_to_run(tx, actor=actor, edition_id=edition_id)
    return [ScorerView(**row) for row in await tx.fetch(SCORERS, edition_id)]


async def progress_for(tx: Tx, *, actor: Actor, edition_id: UUID) -> list[ProgressView]:
    """The applications that passed the formal check and their sheets, for who runs the edition. Raises
    NoSuchEdition, NotYours, NoCall."""
    assessment = await assessment_to_run(tx, actor=actor, edition_id=edition_id)
    assigned: dict[UUID, list[AssignmentView]] = {}
    for row in await tx.fetch(ASSIGNMENTS, edition_id):
        view = AssignmentView(account_id=row["account_id"], name=row["name"], state=row["state"])
        assigned.setdefault(row["application_id"], []).append(view)
    conflicts: dict[UUID, list[ConflictView]] = {}
    for row in await tx.fetch(CONFLICTS, edition_id):
        told = ConflictView(account_id=row["account_id"], name=row["name"], reason=row["reason"])
        conflicts.setdefault(row["application_id"], []).append(told)
    return [
        ProgressView(
            **row,
            assignments=assigned.get(row["application_id"], []),
            conflicts=conflicts.get(row["application_id"], []),
            missing=_missing(assessment.scorers_needed, row["state"], assigned.get(row["application_id"], [])),
        )
        for row in await tx.fetch(PROGRESS, edition_id)
    ]


def _missing(needed: int, state: str, assigned: list[AssignmentView]) -> int:
    """Sheets still to come: at least as many as are needed, and all that are assigned."""
    done = sum(one.state == "submitted" for one in assigned)
    return max(needed, len(assigned)) - done if state == "formally_passed" else 0
