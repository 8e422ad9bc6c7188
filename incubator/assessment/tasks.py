"""What somebody is to score, and whether they may read it: the one place where a scorer's rows are
narrowed.

Whoever is to score an application is told its code, and in a call that is not anonymous whose it is (nobody
declares a conflict with a number), until they have declared that they have no conflict of interest. Who has one, belongs to the applicant, or scores in the edition no more, reads nothing.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from incubator.applications.queries import NoSuchApplication
from incubator.assessment.assign import APPLIED, OwnApplication, ScorerConflicted
from incubator.assessment.queries import IN_SCORING
from incubator.assessment.views import TaskView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor


class DeclareFirst(Conflict):
    """Nothing is read or scored before the declaration."""

    code = "declare_first"
    sentence = N_("Please declare first whether you have a conflict of interest with this application.")


# $1 account. A declared conflict stays on the list when the assignment is gone.
TASKS = f"""
SELECT application.id AS application_id, application.edition_id, programme.name_pl AS programme_name_pl,
    programme.name_en AS programme_name_en, edition.name_pl AS edition_name_pl, edition.name_en AS edition_name_en, code,
    CASE WHEN call.anonymous OR declared.conflicted IS DISTINCT FROM false THEN '' ELSE title END AS title,
    CASE WHEN call.anonymous THEN '' ELSE coalesce(organisation.name, applicant.name, '') END AS applicant,
    CASE WHEN {APPLIED.format(application="application.id", account="$1")} THEN 'applicant'
        WHEN declared.conflicted THEN 'conflicted' WHEN declared.conflicted IS NULL THEN 'undeclared'
        WHEN score_sheet.submitted_at IS NOT NULL THEN 'submitted' WHEN score_sheet.account_id IS NOT NULL THEN 'draft'
        ELSE 'declared' END AS state,
    coalesce(score_sheet.reopened, '') AS reopened,
    application.state = 'formally_passed' AND NOT EXISTS (
        SELECT FROM ranking WHERE ranking.edition_id = application.edition_id AND approved_at IS NOT NULL
    ) AS open
FROM application
JOIN account AS applicant ON applicant.id = application.account_id
LEFT JOIN organisation ON organisation.id = application.organisation_id
JOIN call ON call.edition_id = application.edition_id
JOIN edition ON edition.id = application.edition_id JOIN programme ON programme.id = edition.programme_id
JOIN scorer ON scorer.edition_id = application.edition_id AND scorer.account_id = $1 AND scorer.removed_at IS NULL
LEFT JOIN assignment ON assignment.application_id = application.id AND assignment.account_id = $1
LEFT JOIN conflict_declaration AS declared ON declared.application_id = application.id AND declared.account_id = $1
LEFT JOIN score_sheet ON score_sheet.application_id = application.id AND score_sheet.account_id = $1
WHERE (assignment.account_id IS NOT NULL OR declared.conflicted) AND application.state IN ({IN_SCORING})
"""
ORDER = "ORDER BY edition.starts_on DESC, application.edition_id, code"


async def tasks_of(tx: Tx, *, actor: Actor) -> list[TaskView]:
    """Everything that the person is to score, or declared a conflict with."""
    return [TaskView(**row) for row in await tx.fetch(f"{TASKS} {ORDER}", actor.account_id)]


async def task_for(tx: Tx, *, actor: Actor, application_id: UUID) -> TaskView:
    """One of them. Raises NoSuchApplication, also for whoever is not to score it."""
    row = await tx.fetchrow(f"{TASKS} AND application.id = $2", actor.account_id, application_id)
    if row is None:
        raise NoSuchApplication()
    return TaskView(**row)


async def task_to_read(tx: Tx, *, actor: Actor, application_id: UUID) -> TaskView:
    """One that the person may read. Raises NoSuchApplication, OwnApplication, ScorerConflicted,
    DeclareFirst."""
    task = await task_for(tx, actor=actor, application_id=application_id)
    if task.state == "applicant":
        raise OwnApplication()
    if task.state == "conflicted":
        raise ScorerConflicted()
    if task.state == "undeclared":
        raise DeclareFirst()
    return task


def facts(points: dict[UUID, int], at: datetime | None) -> dict[str, Any]:
    """A sheet for the history: its points, without a word that was written."""
    return {"points": {str(key): value for key, value in points.items()}, "submitted_at": at}
