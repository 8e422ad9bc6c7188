"""Lock what an act changes, in one order: the edition, its assessment, an application, a sheet.

Who changes rules or ranks locks the assessment against everybody; who scores shares it.
"""

from datetime import datetime
from uuid import UUID

from incubator.applications.queries import NoSuchApplication, application_by_id
from incubator.applications.views import ApplicationView
from incubator.assessment.queries import NotSetUp, assessment_of
from incubator.assessment.views import AssessmentView
from incubator.db.engine import Tx
from incubator.db.history import record_of
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.programmes.queries import EditionView, edition_by_id, edition_to_run, may_run


class RankingApproved(Conflict):
    """The panel has approved the ranking: what it stands on stays as it is."""

    code = "ranking_approved_already"
    sentence = N_("The ranking is approved, so the assessment can no longer be changed.")


async def to_change(tx: Tx, *, actor: Actor, edition_id: UUID) -> tuple[EditionView, AssessmentView]:
    """The edition and its assessment, locked for who runs it. Raises NoSuchEdition, NotYours, NoCall,
    NotSetUp, RankingApproved."""
    edition = await edition_to_run(tx, actor=actor, edition_id=edition_id, lock=True)
    return edition, await hold(tx, edition_id=edition_id, how="UPDATE")


async def hold(tx: Tx, *, edition_id: UUID, how: str) -> AssessmentView:
    """The assessment, not approved yet; nobody changes (UPDATE) or approves (SHARE) it until the transaction
    ends. Raises NotSetUp, RankingApproved."""
    if not await tx.fetchval(f"SELECT true FROM assessment WHERE edition_id = $1 FOR {how}", edition_id):
        raise NotSetUp()
    assessment = await assessment_of(tx, edition_id=edition_id)
    if assessment.approved:
        raise RankingApproved()
    return assessment


async def edition_of(tx: Tx, *, application_id: UUID) -> UUID:
    """Of which edition an application is. Raises NoSuchApplication."""
    found: UUID | None = await tx.fetchval("SELECT edition_id FROM application WHERE id = $1", application_id)
    if found is None:
        raise NoSuchApplication()
    return found


async def application_to_judge(tx: Tx, *, actor: Actor, application_id: UUID, lock: bool = True) -> ApplicationView:
    """An application that was handed in, for who runs the edition. Raises NoSuchApplication, NotYours."""
    application = await application_by_id(tx, application_id=application_id, lock=lock)
    if not may_run(actor, application.gmina_id) or not application.handed_in:
        raise NoSuchApplication()
    return application


async def note(
    tx: Tx, *, verb: str, edition: EditionView, actor_id: UUID | None, now: datetime, after: object = None
) -> None:
    """History of an edition's assessment; no personal text."""
    await record_of(tx, "edition", edition, verb=verb, actor_id=actor_id, now=now, after=after)


async def note_application(
    tx: Tx,
    *,
    verb: str,
    application: ApplicationView,
    actor_id: UUID | None,
    now: datetime,
    before: object = None,
    after: object = None,
) -> None:
    """History of an application's assessment; no personal text."""
    await record_of(tx, "application", application, verb=verb, actor_id=actor_id, now=now, before=before, after=after)


async def locked_edition(tx: Tx, *, edition_id: UUID) -> EditionView:
    """The edition, whose places nobody else gives away until the transaction ends."""
    return await edition_by_id(tx, edition_id=edition_id, lock=True)
