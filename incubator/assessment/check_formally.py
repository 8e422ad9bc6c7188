"""Check an application formally: passed, to be supplemented once, or rejected."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from incubator.applications.move import WrongApplicationState, move
from incubator.applications.queries import is_applicant
from incubator.applications.states import State
from incubator.applications.views import ApplicationView
from incubator.assessment.decide import decide
from incubator.assessment.details import Check
from incubator.assessment.reach import application_to_judge, hold
from incubator.assessment.tell import tell_applicant
from incubator.assessment.views import AssessmentView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.kernel.period import WARSAW, local_moment
from incubator.people.actor import Actor
from incubator.web.etags import must_be_current


class OneSupplementation(Conflict):
    """An application is sent back once, not twice."""

    code = "one_supplementation"
    sentence = N_("This application was supplemented once already: now it passes or it does not.")


class StillTime(Conflict):
    """The applicant may still answer."""

    code = "supplement_still_open"
    sentence = N_("The applicant still has time to supplement the application.")


class ItemsUnmet(Invalid):
    """What passes meets every item of the list."""

    code = "formal_items_unmet"
    sentence = N_("An application passes when every item is met. Tick them all, or say what is missing.")


class NoteNeeded(Invalid):
    """Whoever is sent back or rejected is told why."""

    code = "formal_note_needed"
    sentence = N_("Please say what is missing or why: the applicant will read it.")


class OwnFormalCheck(Conflict):
    """Whoever belongs to the applicant decides nothing of the application."""

    code = "own_formal_check"
    sentence = N_("You belong to the applicant. Please let somebody else check this application.")


TO = {"passed": State.FORMALLY_PASSED, "supplement": State.SUPPLEMENTING, "failed": State.FORMALLY_REJECTED}
ROUND = "SELECT count(*) FROM formal_check WHERE application_id = $1"
PUT = """
INSERT INTO formal_check (application_id, round, result, items, note, checked_by, checked_at)
VALUES ($1, $2, $3, $4::text::jsonb, $5, $6, $7)
"""


async def check_formally(
    tx: Tx, *, actor: Actor, application_id: UUID, check: Check, seen: int | None = None, now: datetime
) -> ApplicationView:
    """The next round; the applicant is written to. Raises NoSuchApplication, NotSetUp, RankingApproved,
    OwnFormalCheck, ChangedMeanwhile, WrongApplicationState, StillTime, OneSupplementation, ItemsUnmet, NoteNeeded."""
    found = await application_to_judge(tx, actor=actor, application_id=application_id, lock=False)
    assessment = await hold(tx, edition_id=found.edition_id, how="SHARE")
    application = await application_to_judge(tx, actor=actor, application_id=application_id)
    if is_applicant(actor, application):
        raise OwnFormalCheck()
    must_be_current(application.version, seen)
    must_wait_for_a_check(application, check, now)
    must_be_said(check, assessment)
    await _put(tx, actor, application, check, assessment, now)
    changes: dict[str, Any] = {}
    if check.result == "supplement":
        changes["supplement_until"] = end_of_day(now, days=assessment.supplement_days)
    moved = await move(
        tx,
        application=application,
        to=TO[check.result],
        verb="check_formally",
        actor_id=actor.account_id,
        now=now,
        **changes,
    )
    if check.result == "failed":
        await decide(
            tx, application=moved, outcome="formally_rejected", reason=check.note, by=actor.account_id, now=now
        )
    else:
        await tell_applicant(tx, application=moved, what=f"formal_{check.result}", now=now, note=check.note)
    return moved


def must_wait_for_a_check(application: ApplicationView, check: Check, now: datetime) -> None:
    """Raises WrongApplicationState, StillTime. What was not supplemented in time can only be rejected."""
    if application.state == State.SUPPLEMENTING:
        if application.supplement_until is not None and now < application.supplement_until:
            raise StillTime()
        if check.result == "failed":
            return
    if application.state != State.SUBMITTED:
        raise WrongApplicationState(application.state.value)


def must_be_said(check: Check, assessment: AssessmentView) -> None:
    """Raises ItemsUnmet, NoteNeeded."""
    if check.result == "passed" and not {item.id for item in assessment.items}.issubset(check.met):
        raise ItemsUnmet()
    if check.result != "passed" and not check.note.strip():
        raise NoteNeeded()


def end_of_day(now: datetime, *, days: int) -> datetime:
    """The last minute, in Warsaw, of the day that is so many days after today."""
    return local_moment((now.astimezone(WARSAW) + timedelta(days=days)).date(), 24 * 60 - 1)


async def _put(
    tx: Tx, actor: Actor, application: ApplicationView, check: Check, assessment: AssessmentView, now: datetime
) -> None:
    turn = await tx.fetchval(ROUND, application.id)
    ticks = msgspec.json.encode({str(item.id): item.id in check.met for item in assessment.items}).decode()
    try:
        await tx.execute(PUT, application.id, turn, check.result, ticks, check.note, actor.account_id, now)
    except asyncpg.CheckViolationError as error:
        if error.constraint_name == "formal_check_one_supplementation":
            raise OneSupplementation() from None
        raise
