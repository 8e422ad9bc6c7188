"""Signing in and out."""

from datetime import datetime
from itertools import groupby
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from incubator.db.engine import Database, attempt, statement, transaction
from incubator.kernel.errors import N_, Refusal
from incubator.people import rules
from incubator.people.actor import Actor
from incubator.people.ask_for_link import ask_for_link
from incubator.people.attempts import LINK_USES_FROM_CLIENT, LINKS_FROM_CLIENT, LINKS_TO_ADDRESS, count_attempts
from incubator.people.guards import public, signed_in
from incubator.people.pages.cookies import let_in, see_off
from incubator.people.sign_in_by_link import look_at_link, sign_in_by_link
from incubator.people.sign_in_by_password import sign_in_by_password
from incubator.people.sign_in_demo import demo_accounts
from incubator.people.sign_out import sign_out
from incubator.people.visit import Visit
from incubator.web.bodies import Body, read_form
from incubator.web.clients import browser_of, client_of
from incubator.web.i18n import locale_of
from incubator.web.pages import page
from incubator.web.problems import said, status_of


class SignInForm(Body, frozen=True):
    email: str = ""
    password: str = ""
    next: str = ""


class NewcomerForm(Body, frozen=True):
    name: str = ""


@get("/sign-in", guards=[public])
async def show_sign_in(request: Request[Any, Any, Any], db: NamedDependency[Database]) -> Response[Any]:
    way = rules.next_path(request.query_params.get("next"))
    if isinstance(request.user, Actor):
        return Redirect(way, status_code=303)
    return await _door(request, db, SignInForm(next=way))


@post("/sign-in", guards=[public], status_code=303)
async def mail_link(
    request: Request[Any, Any, Any], db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Response[Any]:
    form = await read_form(request, SignInForm)
    try:
        email = rules.email_address(form.email)
        async with transaction(db) as tx:
            await count_attempts(tx, (LINKS_TO_ADDRESS, email), (LINKS_FROM_CLIENT, client_of(request)), now=now)
        async with transaction(db) as tx:
            address = request.app.state.settings.address
            await ask_for_link(
                tx, email=email, next_path=form.next, locale=locale_of(request), address=address, now=now
            )
    except Refusal as refusal:
        return await _door(request, db, form, refusal)
    return Redirect("/sign-in/sent", status_code=303)


@get("/sign-in/sent", guards=[public])
async def show_sent(request: Request[Any, Any, Any]) -> Response[str]:
    return page(request, "people/link_sent.html")


@post("/sign-in/password", guards=[public], status_code=303)
async def enter_by_password(
    request: Request[Any, Any, Any], db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Response[Any]:
    form = await read_form(request, SignInForm)
    try:
        signed = await sign_in_by_password(
            db,
            email=form.email,
            password=form.password,
            next_path=form.next,
            client=client_of(request),
            user_agent=browser_of(request),
            now=now,
        )
    except Refusal as refusal:
        return await _door(request, db, form, refusal)
    return let_in(request, signed)


@get("/sign-in/{secret:str}", guards=[public])
async def show_link(
    request: Request[Any, Any, Any],
    secret: FromPath[str],
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """Only looks: the button on this page uses the link."""
    return await _before_the_button(request, db, secret=secret, now=now)


@post("/sign-in/{secret:str}", guards=[public], status_code=303)
async def enter_by_link(
    request: Request[Any, Any, Any],
    secret: FromPath[str],
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
) -> Response[Any]:
    form = await read_form(request, NewcomerForm)
    async with transaction(db) as tx:
        await count_attempts(tx, (LINK_USES_FROM_CLIENT, client_of(request)), now=now)
    try:
        signed = await attempt(
            db,
            lambda tx: sign_in_by_link(
                tx,
                secret=secret,
                name=form.name,
                locale=locale_of(request),
                user_agent=browser_of(request),
                now=now,
            ),
        )
    except rules.NameMissing as refusal:
        return await _before_the_button(request, db, secret=secret, now=now, refusal=refusal)
    return let_in(request, signed)


@post("/sign-out", guards=[signed_in], status_code=303)
async def leave(visit: NamedDependency[Visit]) -> Response[Any]:
    actor = visit.actor
    assert actor.session_id is not None
    async with transaction(visit.db) as tx:
        await sign_out(tx, actor=actor, session_id=actor.session_id)
    return see_off(visit.request, "/", N_("You are signed out."))


async def _door(
    request: Request[Any, Any, Any], db: Database, form: SignInForm, refusal: Refusal | None = None
) -> Response[str]:
    everybody = []
    if request.app.state.settings.demo:
        async with statement(db) as tx:
            everybody = await demo_accounts(tx)
    return page(
        request,
        "people/sign_in.html",
        status=status_of(refusal) if refusal else 200,
        problem=said(request, refusal) if refusal else "",
        email=form.email,
        next=rules.next_path(form.next),
        cast=[(role, list(people)) for role, people in groupby(everybody, key=lambda one: one.role)],
    )


async def _before_the_button(
    request: Request[Any, Any, Any], db: Database, *, secret: str, now: datetime, refusal: Refusal | None = None
) -> Response[str]:
    async with statement(db) as tx:
        link = await look_at_link(tx, secret=secret, now=now)
    return page(
        request,
        "people/use_link.html",
        status=status_of(refusal) if refusal else 200,
        problem=said(request, refusal) if refusal else "",
        link=link,
    )


handlers = [show_sign_in, mail_link, show_sent, enter_by_password, show_link, enter_by_link, leave]
