"""What lets one in: password, browsers, API tokens."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Meta

from incubator.db.engine import transaction
from incubator.kernel.errors import N_, Refusal
from incubator.kernel.ids import new_secret
from incubator.people.guards import signed_in
from incubator.people.make_token import TokenWish, make_token
from incubator.people.pages.cookies import see_off
from incubator.people.pages.me import my_page
from incubator.people.revoke_token import revoke_token
from incubator.people.set_password import set_password
from incubator.people.sign_out import sign_out, sign_out_elsewhere, sign_out_everywhere
from incubator.people.visit import Visit
from incubator.web.bodies import Body, read_form
from incubator.web.flash import see_other


class PasswordForm(Body, frozen=True):
    password: str = ""


class TokenForm(Body, frozen=True):
    name: str = ""
    scopes: list[str] = []
    days: Annotated[int, Meta(ge=0, le=10_000)] = 90


@post("/me/password", guards=[signed_in], status_code=303)
async def save_password(visit: NamedDependency[Visit]) -> Response[Any]:
    """An empty field does nothing here: dropping the password has a button of its own."""
    form = await read_form(visit.request, PasswordForm)
    try:
        await set_password(visit.db, actor=visit.actor, password=form.password or " ", now=visit.now)
    except Refusal as refusal:
        return await my_page(visit, refusal=refusal, at="password")
    return see_other(visit.request, "/me", N_("Your password is set. Your other browsers were signed out."))


@post("/me/password/drop", guards=[signed_in], status_code=303)
async def drop_password(visit: NamedDependency[Visit]) -> Response[Any]:
    try:
        await set_password(visit.db, actor=visit.actor, password="", now=visit.now)
    except Refusal as refusal:
        return await my_page(visit, refusal=refusal, at="password")
    return see_other(visit.request, "/me", N_("Your password is gone. You sign in by link now."))


@post("/me/sessions/others/end", guards=[signed_in], status_code=303)
async def end_others(visit: NamedDependency[Visit]) -> Response[Any]:
    async with transaction(visit.db) as tx:
        await sign_out_elsewhere(tx, actor=visit.actor)
    return see_other(visit.request, "/me", N_("All your other browsers are signed out."))


@post("/me/sessions/all/end", guards=[signed_in], status_code=303)
async def end_all(visit: NamedDependency[Visit]) -> Response[Any]:
    async with transaction(visit.db) as tx:
        await sign_out_everywhere(tx, account_id=visit.actor.account_id)
    return see_off(visit.request, "/sign-in", N_("You are signed out in every browser, this one too."))


@post("/me/sessions/{session_id:uuid}/end", guards=[signed_in], status_code=303)
async def end_one(visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Response[Any]:
    async with transaction(visit.db) as tx:
        await sign_out(tx, actor=visit.actor, session_id=session_id)
    return see_other(visit.request, "/me", N_("That browser is signed out."))


@post("/me/tokens", guards=[signed_in], status_code=200)
async def new_token(visit: NamedDependency[Visit]) -> Response[Any]:
    """No redirect afterwards: the secret is on this answer alone."""
    form = await read_form(visit.request, TokenForm, lists=("scopes",))
    secret, wish = new_secret(), TokenWish(name=form.name, scopes=form.scopes, days=form.days)
    try:
        async with transaction(visit.db) as tx:
            token = await make_token(tx, actor=visit.actor, wish=wish, secret=secret, now=visit.now)
    except Refusal as refusal:
        return await my_page(visit, refusal=refusal, at="tokens", typed=form)
    return await my_page(visit, made=(token, secret))


@post("/me/tokens/{token_id:uuid}/revoke", guards=[signed_in], status_code=303)
async def drop_token(visit: NamedDependency[Visit], token_id: FromPath[UUID]) -> Response[Any]:
    async with transaction(visit.db) as tx:
        await revoke_token(tx, actor=visit.actor, token_id=token_id, now=visit.now)
    return see_other(visit.request, "/me", N_("The token is revoked."))


handlers = [save_password, drop_password, end_others, end_all, end_one, new_token, drop_token]
