"""Open a score sheet again, or all of an application's: the coordinator or the panel says why."""

from datetime import datetime
from uuid import UUID

from incubator.applications.views import ApplicationView
from incubator.assessment.reach import application_to_judge, note_application, to_change
from incubator.assessment.tell import tell_person
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.people.actor import Actor


class NothingToReopen(Conflict):
    """No sheet that was handed in."""

    code = "nothing_to_reopen"
    sentence = N_("No score sheet is handed in that could be opened again.")


class ReopenReasonNeeded(Invalid):
    """Who scored is told why they are asked to look again."""

    code = "reopen_reason_needed"
    sentence = N_("Please say why: the scorer will read it.")


HANDED_IN = """
SELECT account_id FROM score_sheet
WHERE application_id = $1 AND submitted_at IS NOT NULL AND ($2::uuid IS NULL OR account_id = $2)
ORDER BY account_id FOR UPDATE
"""
REOPEN = """
UPDATE score_sheet SET submitted_at = NULL, reopened = $3, version = version + 1
WHERE application_id = $1 AND account_id = $2
"""


async def reopen_sheet(
    tx: Tx, *, actor: Actor, application_id: UUID, account_id: UUID, reason: str, now: datetime
) -> None:
    """One scorer's sheet. Raises NoSuchApplication, NotSetUp, RankingApproved, NothingToReopen,
    ReopenReasonNeeded."""
    await _reopen(tx, actor, application_id, account_id, reason, now)


async def return_to_scoring(tx: Tx, *, actor: Actor, application_id: UUID, reason: str, now: datetime) -> None:
    """Every sheet of the application: what the panel may do instead of moving it by hand. Raises the same."""
    await _reopen(tx, actor, application_id, None, reason, now)


async def _reopen(
    tx: Tx, actor: Actor, application_id: UUID, account_id: UUID | None, reason: str, now: datetime
) -> None:
    application = await application_to_judge(tx, actor=actor, application_id=application_id, lock=False)
    await to_change(tx, actor=actor, edition_id=application.edition_id)
    if not reason.strip():
        raise ReopenReasonNeeded()
    found = await tx.fetch(HANDED_IN, application_id, account_id)
    if not found:
        raise NothingToReopen()
    for row in found:
        await _one(tx, actor, application, row["account_id"], reason, now)


async def _one(
    tx: Tx, actor: Actor, application: ApplicationView, account_id: UUID, reason: str, now: datetime
) -> None:
    await tx.execute(REOPEN, application.id, account_id, reason)
    after = {"account_id": account_id}
    await note_application(
        tx, verb="reopen_sheet", application=application, actor_id=actor.account_id, now=now, after=after
    )
    await tell_person(tx, account_id=account_id, what="reopened", now=now, application=application, reason=reason)
