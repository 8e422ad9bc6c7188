"""What lets one in: password, browsers, API tokens."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Meta

from incubator.db.engine import Database, transaction
from incubator.kernel.errors import N_, Refusal
from incubator.kernel.ids import new_secret
from incubator.people.actor import Actor
from incubator.people.guards import signed_in
from incubator.people.make_token import TokenWish, make_token
from incubator.people.pages.cookies import see_off
from incubator.people.pages.me import my_page
from incubator.people.revoke_token import revoke_token
from incubator.people.set_password import set_password
from incubator.people.sign_out import sign_out, sign_out_elsewhere, sign_out_everywhere
from incubator.web.bodies import Body, read_form
from incubator.web.flash import see_other


class PasswordForm(Body, frozen=True):
    password: str = ""


class TokenForm(Body, frozen=True):
    name: str = ""
    scopes: list[str] = []
    days: Annotated[int, Meta(ge=0, le=10_000)] = 90


@post("/me/password", guards=[signed_in], status_code=303)
async def save_password(
    request: Request[Any, Any, Any],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """An empty field does nothing here: dropping the password has a button of its own."""
    form = await read_form(request, PasswordForm)
    try:
        await set_password(db, actor=actor, password=form.password or " ", now=now)
    except Refusal as refusal:
        return await my_page(request, db, actor=actor, now=now, refusal=refusal, at="password")
    return see_other(request, "/me", N_("Your password is set. Your other browsers were signed out."))


@post("/me/password/drop", guards=[signed_in], status_code=303)
async def drop_password(
    request: Request[Any, Any, Any],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    try:
        await set_password(db, actor=actor, password="", now=now)
    except Refusal as refusal:
        return await my_page(request, db, actor=actor, now=now, refusal=refusal, at="password")
    return see_other(request, "/me", N_("Your password is gone. You sign in by link now."))


@post("/me/sessions/others/end", guards=[signed_in], status_code=303)
async def end_others(
    request: Request[Any, Any, Any], db: NamedDependency[Database], actor: NamedDependency[Actor]
) -> Response[Any]:
    async with transaction(db) as tx:
        await sign_out_elsewhere(tx, actor=actor)
    return see_other(request, "/me", N_("All your other browsers are signed out."))


@post("/me/sessions/all/end", guards=[signed_in], status_code=303)
async def end_all(
    request: Request[Any, Any, Any], db: NamedDependency[Database], actor: NamedDependency[Actor]
) -> Response[Any]:
    async with transaction(db) as tx:
        await sign_out_everywhere(tx, account_id=actor.account_id)
    return see_off(request, "/sign-in", N_("You are signed out in every browser, this one too."))


@post("/me/sessions/{session_id:uuid}/end", guards=[signed_in], status_code=303)
async def end_one(
    request: Request[Any, Any, Any],
    session_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
) -> Response[Any]:
    async with transaction(db) as tx:
        await sign_out(tx, actor=actor, session_id=session_id)
    return see_other(request, "/me", N_("That browser is signed out."))


@post("/me/tokens", guards=[signed_in], status_code=200)
async def new_token(
    request: Request[Any, Any, Any],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """No redirect afterwards: the secret is on this answer alone."""
    form = await read_form(request, TokenForm, lists=("scopes",))
    secret, wish = new_secret(), TokenWish(name=form.name, scopes=form.scopes, days=form.days)
    try:
        async with transaction(db) as tx:
            token = await make_token(tx, actor=actor, wish=wish, secret=secret, now=now)
    except Refusal as refusal:
        return await my_page(request, db, actor=actor, now=now, refusal=refusal, at="tokens", typed=form)
    return await my_page(request, db, actor=actor, now=now, made=(token, secret))


@post("/me/tokens/{token_id:uuid}/revoke", guards=[signed_in], status_code=303)
async def drop_token(
    request: Request[Any, Any, Any],
    token_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    async with transaction(db) as tx:
        await revoke_token(tx, actor=actor, token_id=token_id, now=now)
    return see_other(request, "/me", N_("The token is revoked."))


handlers = [save_password, drop_password, end_others, end_all, end_one, new_token, drop_token]
