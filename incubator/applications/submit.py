"""Hand in an application: it gets its number, and is no longer changed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from incubator.applications.calls import call_of, extended_until
from incubator.applications.editable import HandedIn
from incubator.applications.handing_in import keep, must_be_complete
from incubator.applications.move import move
from incubator.applications.queries import own_application
from incubator.applications.rules import must_be_open
from incubator.applications.start_application import EditionOver
from incubator.applications.states import State
from incubator.applications.tell import News, tell
from incubator.applications.views import ApplicationView
from incubator.db.engine import Tx
from incubator.kernel.clock import Clock
from incubator.kernel.errors import N_, Invalid
from incubator.kernel.period import WARSAW
from incubator.people.actor import Actor
from incubator.programmes.queries import edition_by_id
from incubator.programmes.rules import in_force
from incubator.web.etags import must_be_current


@dataclass(eq=False)
class TermsNotAccepted(Invalid):
    """The edition has terms in force, and another version of them, or none, was accepted."""

    code = "terms_not_accepted"
    sentence = N_("Please read the terms of this edition and accept them.")
    terms_version: int


TERMS = "SELECT version, in_force_from FROM edition_terms WHERE edition_id = $1 ORDER BY version"
NEXT = "UPDATE call SET applications = applications + 1 WHERE edition_id = $1 RETURNING applications"


async def submit(
    tx: Tx,
    *,
    actor: Actor,
    application_id: UUID,
    terms_version: int | None = None,
    seen: int | None = None,
    clock: Clock,
) -> ApplicationView:
    """The application, submitted under the next number of its call. The clock is read once the call is
    locked: who had to wait for others is not handed in before the closing, and nobody after it.

    Raises NoSuchApplication, HandedIn, ChangedMeanwhile, EditionOver, CallNotOpen, CallClosed,
    NotEligible, ApplicationIncomplete, TermsNotAccepted."""
    edition_id = (await own_application(tx, actor=actor, application_id=application_id)).edition_id
    call = await call_of(tx, edition_id=edition_id, lock=True)
    now = clock()
    if (await edition_by_id(tx, edition_id=edition_id)).state == "closed":
        raise EditionOver()
    application = await own_application(tx, actor=actor, application_id=application_id, lock=True)
    if application.state != State.DRAFT:
        raise HandedIn()
    must_be_current(application.version, seen)
    until = await extended_until(tx, edition_id=edition_id, applicant_id=application.applicant_id)
    must_be_open(opens_at=call.opens_at, closes_at=call.closes_at, until=until, now=now)
    answers = must_be_complete(application, call, now=now)
    terms = await terms_in_force(tx, edition_id=edition_id, day=now.astimezone(WARSAW).date())
    if terms is not None and terms_version != terms:
        raise TermsNotAccepted(terms)
    number = await tx.fetchval(NEXT, edition_id)
    kept = await keep(
        tx, application=application, answers=answers, turn=0, by=actor.account_id, terms_version=terms, now=now
    )
    moved = await move(
        tx,
        application=kept,
        to=State.SUBMITTED,
        verb="submit",
        actor_id=actor.account_id,
        now=now,
        number=number,
        submitted_at=now,
        terms_version=terms,
    )
    await tell(tx, application=moved, what=News.SUBMITTED, also=actor.account_id, now=now)
    return moved


async def terms_in_force(tx: Tx, *, edition_id: UUID, day: date) -> int | None:
    """The version of the edition's terms that counts on this day; None where it has none."""
    versions = [(row["version"], row["in_force_from"]) for row in await tx.fetch(TERMS, edition_id)]
    return in_force(versions, today=day)
