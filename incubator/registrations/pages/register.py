"""Register for a session: signed in, or with a mail address alone."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.aid.grant import DeclarationNeeded
from incubator.db.engine import Database, Tx, attempt, statement
from incubator.exchanges.queries import session_to_show
from incubator.exchanges.views import SessionView
from incubator.kernel.errors import N_, Conflict, Forbidden, Gone, Invalid, Refusal, TooMany
from incubator.people.actor import Actor
from incubator.people.forms import Ask, CheckField, NoSuchForm, Typed, form_page, problem_of, typed_in
from incubator.people.guards import public
from incubator.registrations.aid import seat_worth
from incubator.registrations.colleagues import count_colleagues
from incubator.registrations.join_line import join_line
from incubator.registrations.order import Guest, RegistrationOrder
from incubator.registrations.pages.answers import answers_in
from incubator.registrations.pages.labels import labels_in
from incubator.registrations.queries import registration_at, waiting_for
from incubator.registrations.register import goes_first, register
from incubator.registrations.register_by_mail import register_by_mail
from incubator.registrations.rules import in_time
from incubator.registrations.stalls import Stall, kinds_of, stalls_of
from incubator.registrations.states import StallWish
from incubator.registrations.to_register import SessionToRegister, session_to_register
from incubator.registrations.views import RegistrationView
from incubator.web.clients import client_of
from incubator.web.flash import see_other
from incubator.web.i18n import locale_of
from incubator.web.pages import page

Data = NamedDependency[Database]
Now = NamedDependency[datetime]
FORMS = ("register", "wait")
SHOWN_AGAIN = (Invalid, Conflict, Forbidden, Gone, TooMany)
DONE = {
    "register": N_("You are registered. We have sent you a mail with everything."),
    "wait": N_("You are on the waiting list. When a seat becomes free, we write to you."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What the page of a session to register for shows: `own` is what who looks has already; `early`: seats are
    for others still; `worth`: what a seat would be to a company as aid."""

    session: SessionView
    rules: SessionToRegister
    stalls: list[Stall]
    kinds: list[Stall]
    waiting: int
    own: RegistrationView | None
    early: bool
    worth: int | None


@get("/exchange/{session_id:uuid}/register", guards=[public])
async def show_register(request: Ask, session_id: FromPath[UUID], db: Data, now: Now) -> Response[str]:
    return await _form(request, session_id, db, now)


@post("/exchange/{session_id:uuid}/register", guards=[public], status_code=303)
async def take_seats(request: Ask, session_id: FromPath[UUID], db: Data, now: Now) -> Response[Any]:
    typed = await typed_in(request)
    if typed.form not in FORMS:
        raise NoSuchForm()
    try:
        if isinstance(request.user, Actor):
            return await _signed_in(request, session_id, db, now, typed, request.user)
        order = _order(typed, session_id, locale_of(request))
        await register_by_mail(db, order=order, waiting=typed.form == "wait", client=client_of(request), now=now)
    except SHOWN_AGAIN as refusal:
        return await _form(request, session_id, db, now, typed, refusal)
    return see_other(request, f"/exchange/{session_id}/register/sent")


@get("/exchange/{session_id:uuid}/register/sent", guards=[public])
async def show_mail_sent(request: Ask, session_id: FromPath[UUID], db: Data) -> Response[str]:
    async with statement(db) as tx:
        session = await session_to_show(tx, reader=None, session_id=session_id)
    return page(request, "registrations/sent.html", session=session)


async def _signed_in(
    request: Ask, session_id: UUID, db: Database, now: datetime, typed: Typed, actor: Actor
) -> Response[Any]:
    order = _order(typed, session_id, locale_of(request))
    await count_colleagues(db, actor=actor, order=order, now=now)
    verb = join_line if typed.form == "wait" else register
    made = await attempt(db, lambda tx: verb(tx, actor=actor, order=order, now=now))
    return see_other(request, f"/registrations/{made.id}", DONE[typed.form])


def _order(typed: Typed, session_id: UUID, locale: str) -> RegistrationOrder:
    """Raises CheckField for what is no identifier."""
    rows = sorted({int(found[1]) for name in typed.fields if (found := re.fullmatch(r"guest([0-9]{1,2})_name", name))})
    guests = tuple(
        _at_stall(typed, f"guest{n}_stall", Guest(name=typed.one(f"guest{n}_name"), email=typed.one(f"guest{n}_email")))
        for n in rows
        if typed.one(f"guest{n}_name") or typed.one(f"guest{n}_email")
    )
    own = _at_stall(typed, "stall", Guest(name=typed.one("own_name") or typed.one("name")))
    return RegistrationOrder(
        session_id=session_id,
        guests=(own, *guests) if guests else (),
        stall_id=own.stall_id,
        stall=own.stall,
        answers=answers_in(typed),
        organisation_id=_key(typed.one("organisation_id"), "organisation_id"),
        name=typed.one("name"),
        email=typed.one("email"),
        locale=locale,
        terms_accepted=typed.one("terms") == "yes",
    )


def _at_stall(typed: Typed, name: str, guest: Guest) -> Guest:
    """With the stall that is taken; who waits may have said `any`, or `like:` one."""
    told = typed.one(name)
    if told == "any":
        return replace(guest, stall=StallWish.ANY)
    stall = StallWish.LIKE if told.startswith("like:") else StallWish.THIS
    return replace(guest, stall_id=_key(told.removeprefix("like:"), "stall"), stall=stall)


def _key(told: str, name: str) -> UUID | None:
    if not told:
        return None
    try:
        return UUID(told)
    except ValueError:
        raise CheckField(name) from None


async def _offered(tx: Tx, request: Ask, session_id: UUID, now: datetime) -> Offered:
    reader = request.user if isinstance(request.user, Actor) else None
    rules = await session_to_register(tx, session_id=session_id)
    stalls = await stalls_of(tx, session_id=session_id)
    return Offered(
        session=await session_to_show(tx, reader=reader, session_id=session_id),
        rules=rules,
        stalls=stalls,
        kinds=kinds_of(stalls),
        waiting=await waiting_for(tx, session_id=session_id),
        own=await registration_at(tx, actor=reader, session_id=session_id) if reader else None,
        early=await _early(tx, reader, rules, now),
        worth=await seat_worth(tx, session=rules.facts, now=now),
    )


async def _form(
    request: Ask,
    session_id: UUID,
    db: Database,
    now: datetime,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> Response[str]:
    async with statement(db) as tx:
        offered = await _offered(tx, request, session_id, now)
    closed = _closed(request, offered, now)
    free = offered.session.free
    return form_page(
        request,
        "registrations/register.html",
        offered=offered,
        session=offered.session,
        closed=closed,
        full=free is not None
        and (free <= 0 or (refusal is not None and getattr(refusal, "code", "") == "session_full")),
        labels=labels_in,
        declare=typed.one("organisation_id") if typed and isinstance(refusal, DeclarationNeeded) else "",
        typed=typed,
        refusal=refusal,
        now=now,
    )


async def _early(tx: Tx, reader: Actor | None, rules: SessionToRegister, now: datetime) -> bool:
    """Whether seats are still for some of whom the reader is none."""
    if rules.priority_until is None or rules.priority_until <= now:
        return False
    return not await goes_first(tx, reader, rules)


def _closed(request: Ask, offered: Offered, now: datetime) -> str:
    """Why nobody can register now; nothing where they can."""
    try:
        in_time(offered.rules, state=offered.session.state, now=now)
    except Refusal as refusal:
        return problem_of(request, refusal, {})[0]
    return ""


handlers: list[ControllerRouterHandler] = [show_register, take_seats, show_mail_sent]
