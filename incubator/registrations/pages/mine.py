"""One's own registrations: as somebody signed in, or by the link of a mail."""

import itertools
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.aid.grant import DeclarationNeeded
from incubator.aid.queries import grant_about
from incubator.db.engine import Database, Tx, attempt, statement
from incubator.kernel.errors import N_, Conflict, Gone, Invalid, Refusal
from incubator.people.actor import Actor
from incubator.people.forms import Ask, CheckField, NoSuchForm, Typed, form_page, typed_in
from incubator.people.guards import public, signed_in
from incubator.people.visit import Visit
from incubator.registrations.aid import KIND
from incubator.registrations.answer_again import OPEN, answer_again, answer_own_again, answers_given
from incubator.registrations.cancel import cancel
from incubator.registrations.certify import certificates_for
from incubator.registrations.choose_stalls import choose_stalls
from incubator.registrations.confirm import confirm
from incubator.registrations.listing import Listed, registrations_of_person
from incubator.registrations.materials import materials_for
from incubator.registrations.own import cancel_own, choose_own_stalls, confirm_own
from incubator.registrations.pages.answers import answers_in
from incubator.registrations.pages.labels import labels_in
from incubator.registrations.queries import registration_by_link, registration_for
from incubator.registrations.stalls import stalls_of
from incubator.registrations.to_register import questions_of
from incubator.registrations.views import RegistrationView
from incubator.web.cursors import Cursor
from incubator.web.flash import see_other
from incubator.web.pages import page

Data = NamedDependency[Database]
Now = NamedDependency[datetime]
Before = Annotated[str | None, QueryParameter(max_length=400)]
Find = Callable[[Tx], Awaitable[RegistrationView]]
DONE = {
    "confirm": N_("The seat is yours. We look forward to seeing you."),
    "stalls": N_("The stalls are saved."),
    "answers": N_("The answers are saved."),
    "cancel": N_("You are no longer on the list. Thank you for telling us."),
}


@get("/registrations", guards=[signed_in])
async def show_mine(visit: NamedDependency[Visit], after: Cursor = None, before: Before = None) -> Response[str]:
    """My sessions: what comes, and what was; or what comes `after`, or was `before`, what was shown last."""
    nothing = Listed([], None)
    async with statement(visit.db) as tx:
        of: dict[str, Any] = {"actor": visit.actor, "now": visit.now}
        coming = nothing if before else await registrations_of_person(tx, after=after, **of)
        past = nothing if after else await registrations_of_person(tx, past=True, after=before, **of)
    first = not (after or before)
    return page(visit.request, "registrations/mine.html", coming=coming, past=past, first=first)


@get("/registrations/{registration_id:uuid}", guards=[signed_in])
async def show_own(registration_id: FromPath[UUID], visit: NamedDependency[Visit]) -> Response[str]:
    return await _page(visit.request, visit.db, _own(visit, registration_id), visit.now)


@post("/registrations/{registration_id:uuid}", guards=[signed_in], status_code=303)
async def change_own(registration_id: FromPath[UUID], visit: NamedDependency[Visit]) -> Response[Any]:
    who, now = visit.actor, visit.now

    async def act(tx: Tx, typed: Typed) -> object:
        if typed.form == "confirm":
            stalls = _stalls(typed)
            return await confirm_own(tx, actor=who, registration_id=registration_id, stalls=stalls, now=now)
        if typed.form == "answers":
            answers = answers_in(typed)
            return await answer_own_again(tx, actor=who, registration_id=registration_id, answers=answers, now=now)
        if typed.form == "stalls":
            stalls = _stalls(typed)
            return await choose_own_stalls(tx, actor=who, registration_id=registration_id, stalls=stalls, now=now)
        return await cancel_own(tx, actor=who, registration_id=registration_id, now=now)

    return await _change(visit.request, visit.db, _own(visit, registration_id), act, now)


def _own(visit: Visit, registration_id: UUID) -> Find:
    return lambda tx: registration_for(tx, actor=visit.actor, registration_id=registration_id)


@get("/registrations/{registration_id:uuid}/by/{seal:str}", guards=[public])
async def show_by_link(
    request: Ask, registration_id: FromPath[UUID], seal: FromPath[str], db: Data, now: Now
) -> Response[str]:
    """What a mail leads to. Opening it changes nothing: programs that look through mails open links."""
    return await _page(
        request, db, lambda tx: registration_by_link(tx, registration_id=registration_id, seal=seal), now
    )


@post("/registrations/{registration_id:uuid}/by/{seal:str}", guards=[public], status_code=303)
async def change_by_link(
    request: Ask, registration_id: FromPath[UUID], seal: FromPath[str], db: Data, now: Now
) -> Response[Any]:
    def find(tx: Tx) -> Awaitable[RegistrationView]:
        return registration_by_link(tx, registration_id=registration_id, seal=seal)

    async def act(tx: Tx, typed: Typed) -> object:
        await find(tx)
        if typed.form == "confirm":
            return await confirm(tx, registration_id=registration_id, stalls=_stalls(typed), now=now)
        if typed.form == "answers":
            return await answer_again(tx, registration_id=registration_id, answers=answers_in(typed), now=now)
        if typed.form == "stalls":
            return await choose_stalls(tx, registration_id=registration_id, stalls=_stalls(typed), now=now)
        return await cancel(tx, registration_id=registration_id, now=now)

    return await _change(request, db, find, act, now)


def _stalls(typed: Typed) -> list[UUID | None]:
    """One field for each ticket, in order; empty where nobody stands."""
    told = itertools.takewhile(typed.fields.__contains__, (f"stall_{turn}" for turn in itertools.count()))
    try:
        return [UUID(typed.one(name)) if typed.one(name) else None for name in told]
    except ValueError:
        raise CheckField("stall") from None


async def _change(
    request: Ask, db: Database, find: Find, act: Callable[[Tx, Typed], Awaitable[object]], now: datetime
) -> Response[Any]:
    typed = await typed_in(request)
    if typed.form not in DONE:
        raise NoSuchForm()
    try:
        await attempt(db, lambda tx: act(tx, typed))
    except (Invalid, Conflict, Gone) as refusal:
        return await _page(request, db, find, now, typed, refusal)
    return see_other(request, request.url.path, DONE[typed.form])


async def _page(
    request: Ask,
    db: Database,
    find: Find,
    now: datetime,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> Response[str]:
    async with statement(db) as tx:
        found = await find(tx)
        stalls = await stalls_of(tx, session_id=found.session_id) if found.seated else []
        materials = await materials_for(tx, registration=found)
        certificates = await certificates_for(tx, registration=found)
        questions = await questions_of(tx, session_id=found.session_id) if found.state in OPEN else ()
        given = await answers_given(tx, registration_id=found.id)
        actor: Actor | None = request.scope.get("user")
        granted = await grant_about(tx, actor=actor, subject_kind=KIND, subject_id=found.id) if actor else None
    return form_page(
        request,
        "registrations/one.html",
        registration=found,
        session=found.session,
        stalls=stalls,
        materials=materials,
        certificates=certificates,
        questions=questions,
        given=given,
        labels=labels_in,
        granted=granted,
        declare=isinstance(refusal, DeclarationNeeded),
        typed=typed,
        refusal=refusal,
        now=now,
    )


handlers: list[ControllerRouterHandler] = [show_mine, show_own, change_own, show_by_link, change_by_link]
