"""Apply to an edition: for whom, and by which rules, told before anybody types a lot."""

from dataclasses import dataclass, replace
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
from incubator.db.engine import Tx, attempt, statement
from incubator.kernel.errors import N_, Conflict
from incubator.kernel.period import WARSAW
from incubator.people.guards import signed_in
from incubator.people.queries import gminas
from incubator.people.visit import Visit
from incubator.programmes.queries import EditionView, NoSuchEdition
from incubator.web.bodies import Body, read_form
from incubator.web.flash import see_other
from incubator.web.i18n import texts_of
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
async def show_apply(visit: NamedDependency[Visit], slug: FromPath[str], edition_slug: FromPath[str]) -> Response[str]:
    return await _show(visit, slug, edition_slug)


@post("/programmes/{slug:str}/{edition_slug:str}/apply", guards=[signed_in], status_code=303)
async def apply(visit: NamedDependency[Visit], slug: FromPath[str], edition_slug: FromPath[str]) -> Response[Any]:
    form = await read_form(visit.request, ApplyForm)

    async def start(tx: Tx) -> ApplicationView:
        key = await _edition_id(tx, slug, edition_slug)
        chosen = form.organisation_id
        return await start_application(tx, actor=visit.actor, edition_id=key, organisation_id=chosen, now=visit.now)

    try:
        made = await attempt(visit.db, start)
    except AppliedAlready as refusal:
        there = f"/applications/{refusal.application_id}"
        return see_other(visit.request, there, AppliedAlready.sentence, tone="note")
    except Conflict as refusal:
        return await _show(replace(visit, refusal=refusal), slug, edition_slug)
    sentence = N_("Your draft is begun. You can save it and come back.")
    return see_other(visit.request, f"/applications/{made.id}", sentence)


async def _show(visit: Visit, slug: str, edition_slug: str) -> Response[str]:
    request, refusal = visit.request, visit.refusal
    async with statement(visit.db) as tx:
        edition_id = await _edition_id(tx, slug, edition_slug)
        edition, call = await public_call(tx, edition_id=edition_id)
        choices = await _choices(tx, visit, edition, call)
        places = await gminas(tx)
    return page(
        request,
        "applications/apply.html",
        status=status_of(refusal) if refusal else 200,
        problem=said(request, refusal) if refusal else "",
        edition=edition,
        call=call,
        phase="over" if edition.state == "closed" else call.phase(visit.now),
        choices=choices,
        gminas=places,
    )


async def _edition_id(tx: Tx, slug: str, edition_slug: str) -> UUID:
    """Raises NoSuchEdition."""
    key: UUID | None = await tx.fetchval(EDITION, slug, edition_slug)
    if key is None:
        raise NoSuchEdition()
    return key


async def _choices(tx: Tx, visit: Visit, edition: EditionView, call: CallView) -> list[Choice]:
    """Each organisation of the person's, and last themself."""
    actor, now, texts = visit.actor, visit.now, texts_of(visit.request)
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
