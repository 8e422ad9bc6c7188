"""Puts who asks on the request: by session cookie for pages, by bearer token for the API.

The two never mix: a page takes no token, the API takes no cookie, so the API needs no form token
against forged requests (CSRF) and a page cannot be driven by a leaked key.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, TypeVar

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult

from incubator.db.engine import statement
from incubator.kernel.errors import N_, NotSignedIn, Refusal
from incubator.people.actor import Actor, actor_by_session, actor_by_token, remembered_actor
from incubator.people.guards import asking

T = TypeVar("T")
COOKIE = "session"
BY_MEMORY = {"by_memory": True}
"""A handler's `opt`: it acts through `surely`, so a token known from an earlier request will do."""


class UnknownToken(NotSignedIn):
    """A bearer token that is wrong, over or revoked. Said aloud, for a program would otherwise go on
    as a stranger."""

    code = "unknown_token"
    sentence = N_("This API token is not valid, or no longer.")


class AskingByCookie(AbstractAuthenticationMiddleware):
    """For pages: nobody is asking where there is no cookie or an old one."""

    async def authenticate_request(self, connection: ASGIConnection[Any, Any, Any, Any]) -> AuthenticationResult:
        secret = connection.cookies.get(COOKIE)
        actor = None
        if secret:
            state = connection.app.state
            async with statement(state.db) as tx:
                actor = await actor_by_session(tx, secret=secret, now=state.clock())
        return AuthenticationResult(user=actor, auth=None)


class AskingByToken(AbstractAuthenticationMiddleware):
    """For the API: nobody is asking where no token is sent; a wrong one is refused."""

    async def authenticate_request(self, connection: ASGIConnection[Any, Any, Any, Any]) -> AuthenticationResult:
        if "authorization" not in connection.headers:
            return AuthenticationResult(user=None, auth=None)
        actor = None
        # With a key an answer of before may do, and no statement would ask whether they still stand.
        by_memory = connection.scope["route_handler"].opt.get("by_memory")
        if by_memory and "idempotency-key" not in connection.headers:
            actor = remembered_actor(secret=_secret(connection), now=connection.app.state.clock())
        return AuthenticationResult(user=actor or await _ask(connection), auth=None)


async def surely(request: Request[Any, Any, Any], act: Callable[[Actor], Awaitable[T]]) -> T:
    """What `act` gives for who asks. Who was only remembered and is refused, for whatever reason, is
    read anew, and judged again if they are no longer who they were. `act` leaves nothing behind when
    it refuses, and its statement asks STANDS. Raises UnknownToken."""
    actor = asking(request)
    try:
        return await act(actor)
    except Refusal:
        if not actor.remembered:
            raise
        today = await _ask(request)
        if today == replace(actor, remembered=False):
            raise
    return await act(today)


async def _ask(connection: ASGIConnection[Any, Any, Any, Any]) -> Actor:
    """Raises UnknownToken."""
    state = connection.app.state
    async with statement(state.db) as tx:
        actor = await actor_by_token(tx, secret=_secret(connection), now=state.clock())
    if actor is None:
        raise UnknownToken()
    return actor


def _secret(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """Raises UnknownToken where it is no bearer token."""
    scheme, _, secret = connection.headers["authorization"].partition(" ")
    if scheme.lower() != "bearer":
        raise UnknownToken()
    return secret.strip()
