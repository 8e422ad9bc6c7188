"""Apply to an edition: for whom, and by which rules, told before anybody types a lot."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.applications.call_views import CallView
from incubator.applications.calls import extended_until, public_call
from incubator.applications.pages.showing import said as told
from incubator.applications.queries import applications_of
from incubator.applications.rules import PERSON, CallClosed, CallNotOpen, Facts, must_be_open, not_eligible
from incubator.applications.start_application import AppliedAlready, start_application
from incubator.applications.states import State
from incubator.applications.views import ApplicationView
from incubator.db.engine import Database, Tx, attempt, statement
from incubator.kernel.errors import N_, Conflict, Refusal
from incubator.kernel.period import WARSAW
from incubator.people.actor import Actor
from incubator.people.forms import Ask
from incubator.people.guards import signed_in
from incubator.people.queries import gminas
from incubator.programmes.queries import EditionView, NoSuchEdition
from incubator.web.bodies import Body, read_form
from incubator.web.flash import see_other
from incubator.web.i18n import Translator, texts_of
from incubator.web.pages import page
from incubator.web.problems import said, status_of

EDITION = """
SELECT edition.id FROM edition JOIN programme ON programme.id = programme_id
WHERE programme.slug = $1 AND edition.slug = $2
"""
FOR_SURE = frozenset({"kind_not_eligible", "organisations_only", "gmina_not_eligible", "company_too_young"})
"""What is known of an applicant before they say anything; a gmina may still be another than was said."""


class ApplyForm(Body, frozen=True):
    organisation_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """For whom one could apply: an organisation, or oneself. `against` says what stands in the way."""

    organisation_id: UUID | None
    name: str
    application: ApplicationView | None
    against: list[str]
    open: bool


@get("/programmes/{slug:str}/{edition_slug:str}/apply", guards=[signed_in])
async def show_apply(
    request: Ask,
    slug: FromPath[str],
    edition_slug: FromPath[str],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[str]:
    return await _show(request, slug, edition_slug, db, actor, now)


@post("/programmes/{slug:str}/{edition_slug:str}/apply", guards=[signed_in], status_code=303)
async def apply(
    request: Ask,
    slug: FromPath[str],
    edition_slug: FromPath[str],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    form = await read_form(request, ApplyForm)

    async def start(tx: Tx) -> ApplicationView:
        edition_id = await _edition_id(tx, slug, edition_slug)
        return await start_application(
            tx, actor=actor, edition_id=edition_id, organisation_id=form.organisation_id, now=now
        )

    try:
        made = await attempt(db, start)
    except AppliedAlready as refusal:
        return see_other(request, f"/applications/{refusal.application_id}", AppliedAlready.sentence, tone="note")
    except Conflict as refusal:
        return await _show(request, slug, edition_slug, db, actor, now, refusal)
    return see_other(request, f"/applications/{made.id}", N_("Your draft is begun. You can save it and come back."))


async def _show(
    request: Ask,
    slug: str,
    edition_slug: str,
    db: Database,
    actor: Actor,
    now: datetime,
    refusal: Refusal | None = None,
) -> Response[str]:
    async with statement(db) as tx:
        edition_id = await _edition_id(tx, slug, edition_slug)
        edition, call = await public_call(tx, edition_id=edition_id)
        choices = await _choices(tx, actor, edition, call, now, texts_of(request))
        places = await gminas(tx)
    return page(
        request,
        "applications/apply.html",
        status=status_of(refusal) if refusal else 200,
        problem=said(request, refusal) if refusal else "",
        edition=edition,
        call=call,
        phase="over" if edition.state == "closed" else call.phase(now),
        choices=choices,
        gminas=places,
    )


async def _edition_id(tx: Tx, slug: str, edition_slug: str) -> UUID:
    """Raises NoSuchEdition."""
    key: UUID | None = await tx.fetchval(EDITION, slug, edition_slug)
    if key is None:
        raise NoSuchEdition()
    return key


async def _choices(
    tx: Tx, actor: Actor, edition: EditionView, call: CallView, now: datetime, texts: Translator
) -> list[Choice]:
    """Each organisation of the person's, and last themself."""
    there = {
        one.applicant_id: one
        for one in await applications_of(tx, actor=actor)
        if one.edition_id == edition.id and one.state != State.WITHDRAWN
    }
    made: list[Choice] = []
    for own in [*actor.organisations.values(), None]:
        key = own.id if own else actor.account_id
        until = await extended_until(tx, edition_id=edition.id, applicant_id=key)
        facts = Facts(
            kind=own.kind if own else PERSON, gmina_id=own.gmina_id if own else actor.gmina_id, registered_on=None
        )
        found = not_eligible(facts, call.eligibility, closing_day=call.closing_day, today=now.astimezone(WARSAW).date())
        made.append(
            Choice(
                organisation_id=own.id if own else None,
                name=own.name if own else actor.name,
                application=there.get(key),
                against=[told(one, texts) for one in found if one.code in FOR_SURE],
                open=edition.state != "closed" and _is_open(call, until, now),
            )
        )
    return made


def _is_open(call: CallView, until: datetime | None, now: datetime) -> bool:
    try:
        must_be_open(opens_at=call.opens_at, closes_at=call.closes_at, until=until, now=now)
    except (CallNotOpen, CallClosed):
        return False
    return True


handlers: list[ControllerRouterHandler] = [show_apply, apply]
