"""Say who scores which application."""

from datetime import datetime
from uuid import UUID

from incubator.applications.move import WrongApplicationState
from incubator.applications.states import State
from incubator.applications.views import ApplicationView
from incubator.assessment.appoint_scorer import NoSuchScorer
from incubator.assessment.reach import application_to_judge, note_application, to_change
from incubator.assessment.tell import tell_person
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor


class OwnApplication(Conflict):
    """Nobody scores what they, or an organisation that they belong to, applied for."""

    code = "scorer_is_applicant"
    sentence = N_("This person belongs to the applicant, so they cannot score this application.")


class ScorerConflicted(Conflict):
    """A conflict of interest was declared; it stays."""

    code = "scorer_conflicted"
    sentence = N_("This person has declared a conflict of interest with this application.")


class AssignedAlready(Conflict):
    """They are to score it already."""

    code = "assigned_already"
    sentence = N_("This person scores this application already.")


class NotAssigned(Conflict):
    """They are not to score it."""

    code = "not_assigned"
    sentence = N_("This person does not score this application.")


class SheetHandedIn(Conflict):
    """A sheet that was handed in is not thrown away by taking its scorer off."""

    code = "sheet_handed_in"
    sentence = N_("This score sheet is handed in already.")


SCORES_HERE = "SELECT true FROM scorer WHERE edition_id = $1 AND account_id = $2 AND removed_at IS NULL"
# {application} and {account} name columns or parameters.
APPLIED = """EXISTS (
    SELECT FROM application AS theirs LEFT JOIN membership ON membership.organisation_id = theirs.organisation_id
    WHERE theirs.id = {application} AND (theirs.account_id = {account} OR membership.account_id = {account})
)"""
IS_APPLICANT = f"SELECT {APPLIED.format(application='$1', account='$2')}"
CONFLICTED = "SELECT conflicted FROM conflict_declaration WHERE application_id = $1 AND account_id = $2"
ASSIGN = """
INSERT INTO assignment (application_id, account_id, assigned_by, assigned_at) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING RETURNING account_id
"""
HANDED_IN = "SELECT submitted_at IS NOT NULL FROM score_sheet WHERE application_id = $1 AND account_id = $2 FOR UPDATE"
UNASSIGN = "DELETE FROM assignment WHERE application_id = $1 AND account_id = $2 RETURNING account_id"
DRAFT = "DELETE FROM score_sheet WHERE application_id = $1 AND account_id = $2"


async def assign(tx: Tx, *, actor: Actor, application_id: UUID, account_id: UUID, now: datetime) -> None:
    """They are written to. Raises NoSuchApplication, NotSetUp, RankingApproved, WrongApplicationState,
    NoSuchScorer, OwnApplication, ScorerConflicted, AssignedAlready."""
    application = await _to_share(tx, actor=actor, application_id=application_id)
    if not await tx.fetchval(SCORES_HERE, application.edition_id, account_id):
        raise NoSuchScorer()
    if await tx.fetchval(IS_APPLICANT, application_id, account_id):
        raise OwnApplication()
    if await tx.fetchval(CONFLICTED, application_id, account_id):
        raise ScorerConflicted()
    if await tx.fetchval(ASSIGN, application_id, account_id, actor.account_id, now) is None:
        raise AssignedAlready()
    await _note(tx, "assign", application, actor, account_id, now)
    await tell_person(tx, account_id=account_id, what="assigned", now=now, application=application, count=1)


async def unassign(tx: Tx, *, actor: Actor, application_id: UUID, account_id: UUID, now: datetime) -> None:
    """A draft of theirs is gone. Raises NoSuchApplication, NotSetUp, RankingApproved, WrongApplicationState,
    NotAssigned, SheetHandedIn."""
    application = await _to_share(tx, actor=actor, application_id=application_id)
    if await tx.fetchval(HANDED_IN, application_id, account_id):
        raise SheetHandedIn()
    if await tx.fetchval(UNASSIGN, application_id, account_id) is None:
        raise NotAssigned()
    await tx.execute(DRAFT, application_id, account_id)
    await _note(tx, "unassign", application, actor, account_id, now)


async def _to_share(tx: Tx, *, actor: Actor, application_id: UUID) -> ApplicationView:
    application = await application_to_judge(tx, actor=actor, application_id=application_id, lock=False)
    await to_change(tx, actor=actor, edition_id=application.edition_id)
    application = await application_to_judge(tx, actor=actor, application_id=application_id)
    if application.state != State.FORMALLY_PASSED:
        raise WrongApplicationState(application.state.value)
    return application


async def _note(tx: Tx, verb: str, application: ApplicationView, actor: Actor, account_id: UUID, now: datetime) -> None:
    after = {"account_id": account_id}
    await note_application(tx, verb=verb, application=application, actor_id=actor.account_id, now=now, after=after)
