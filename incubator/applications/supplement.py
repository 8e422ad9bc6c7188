"""Hand in again what the formal check asked for, once and in time."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.applications.calls import call_of
from incubator.applications.editable import HandedIn
from incubator.applications.handing_in import keep, must_be_complete
from incubator.applications.move import move
from incubator.applications.queries import own_application
from incubator.applications.states import State
from incubator.applications.tell import News, tell
from incubator.applications.views import ApplicationView
from incubator.db.engine import Tx
from incubator.kernel.clock import Clock
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.web.etags import must_be_current


@dataclass(eq=False)
class SupplementTooLate(Conflict):
    """The time to supplement is over; `until` itself no longer counts."""

    code = "supplement_too_late"
    sentence = N_("This application could be supplemented until {until}. That time is over.")
    until: datetime


class NothingAskedFor(Conflict):
    """Nobody asked for a supplementation."""

    code = "nothing_asked_for"
    sentence = N_("Nobody asked you to supplement this application.")


async def supplement(
    tx: Tx, *, actor: Actor, application_id: UUID, seen: int | None = None, clock: Clock
) -> ApplicationView:
    """The application, submitted again; what was handed in first stays beside it. The clock is read once
    the application is locked.

    Raises NoSuchApplication, NothingAskedFor, HandedIn, ChangedMeanwhile, SupplementTooLate, NotEligible,
    ApplicationIncomplete."""
    application = await own_application(tx, actor=actor, application_id=application_id, lock=True)
    now = clock()
    if application.state != State.SUPPLEMENTING or application.supplement_until is None:
        raise HandedIn() if application.supplement_until else NothingAskedFor()
    must_be_current(application.version, seen)
    if now >= application.supplement_until:
        raise SupplementTooLate(application.supplement_until)
    call = await call_of(tx, edition_id=application.edition_id)
    answers = must_be_complete(application, call, now=now)
    kept = await keep(
        tx,
        application=application,
        answers=answers,
        turn=1,
        by=actor.account_id,
        terms_version=application.terms_version,
        now=now,
    )
    moved = await move(tx, application=kept, to=State.SUBMITTED, verb="supplement", actor_id=actor.account_id, now=now)
    await tell(tx, application=moved, what=News.SUPPLEMENTED, also=actor.account_id, now=now)
    return moved
