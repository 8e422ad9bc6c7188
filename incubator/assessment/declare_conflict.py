"""Declare whether one has a conflict of interest with an application, before it can be read.

A conflict that is found later voids what was scored. It is never taken back: the trigger
`conflicts_stay` and the foreign key of the sheet are the judges.
"""

from datetime import datetime
from uuid import UUID

from incubator.applications.queries import application_by_id
from incubator.applications.views import ApplicationView
from incubator.assessment.assign import OwnApplication, ScorerConflicted
from incubator.assessment.queries_sheets import points_of
from incubator.assessment.reach import edition_of, hold, note_application
from incubator.assessment.tasks import facts, task_for
from incubator.assessment.tell import tell_person
from incubator.assessment.views import TaskView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Invalid
from incubator.people.actor import Actor


class ConflictReasonNeeded(Invalid):
    """Who has a conflict says of what kind."""

    code = "conflict_reason_needed"
    sentence = N_("Please say what the conflict of interest is.")


# The assignment first, then the declaration: who declares twice at once waits here.
ASSIGNED = "SELECT assigned_by FROM assignment WHERE application_id = $1 AND account_id = $2 FOR UPDATE"
DECLARED = "SELECT conflicted FROM conflict_declaration WHERE application_id = $1 AND account_id = $2 FOR UPDATE"
VOID = "DELETE FROM score_sheet WHERE application_id = $1 AND account_id = $2 RETURNING submitted_at"
DECLARE = """
INSERT INTO conflict_declaration (application_id, account_id, conflicted, reason, declared_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (application_id, account_id) DO UPDATE SET conflicted = $3, reason = $4, declared_at = $5
"""
UNASSIGN = "DELETE FROM assignment WHERE application_id = $1 AND account_id = $2"


async def declare_conflict(
    tx: Tx, *, actor: Actor, application_id: UUID, conflicted: bool, reason: str = "", now: datetime
) -> TaskView:
    """What is to be scored, as it stands then. With a conflict, the scorer's sheet is gone, they are off the
    application, and who assigned it is written to. Raises NoSuchApplication, NotSetUp, RankingApproved,
    OwnApplication, ScorerConflicted, ConflictReasonNeeded."""
    await hold(tx, edition_id=await edition_of(tx, application_id=application_id), how="SHARE")
    if conflicted and not reason.strip():
        raise ConflictReasonNeeded()
    assigned_by = await tx.fetchval(ASSIGNED, application_id, actor.account_id)
    before = await tx.fetchval(DECLARED, application_id, actor.account_id)
    task = await task_for(tx, actor=actor, application_id=application_id)
    if before:
        raise ScorerConflicted()
    if task.state == "applicant" and not conflicted:
        raise OwnApplication()
    if before is False and not conflicted:
        return task
    application = await application_by_id(tx, application_id=application_id)
    if conflicted:
        await _void(tx, actor, application, now)
    await tx.execute(DECLARE, application_id, actor.account_id, conflicted, reason if conflicted else "", now)
    after = {"conflicted": conflicted}
    await note_application(
        tx, verb="declare_conflict", application=application, actor_id=actor.account_id, now=now, after=after
    )
    if conflicted:
        await tx.execute(UNASSIGN, application_id, actor.account_id)
        await tell_person(tx, account_id=assigned_by, what="conflict", now=now, application=application)
    return await task_for(tx, actor=actor, application_id=application_id)


async def _void(tx: Tx, actor: Actor, application: ApplicationView, now: datetime) -> None:
    """Delete what was scored; history keeps the points."""
    points = await points_of(tx, application_id=application.id, account_id=actor.account_id)
    row = await tx.fetchrow(VOID, application.id, actor.account_id)
    if row is not None:
        before = facts(points, row["submitted_at"])
        await note_application(
            tx, verb="void_sheet", application=application, actor_id=actor.account_id, now=now, before=before
        )
