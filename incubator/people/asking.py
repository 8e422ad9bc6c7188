"""Puts who asks on the request: by session cookie for pages, by bearer token for the API.

The two never mix: a page takes no token, the API takes no cookie, so the API needs no form token
against forged requests (CSRF) and a page cannot be driven by a leaked key.
"""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult

from incubator.db.engine import statement
from incubator.kernel.errors import N_, NotSignedIn
from incubator.people.actor import actor_by_session, actor_by_token

COOKIE = "session"


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
        header = connection.headers.get("authorization")
        if header is None:
            return AuthenticationResult(user=None, auth=None)
        scheme, _, secret = header.partition(" ")
        state = connection.app.state
        async with statement(state.db) as tx:
            actor = await actor_by_token(tx, secret=secret.strip(), now=state.clock())
        if scheme.lower() != "bearer" or actor is None:
            raise UnknownToken()
        return AuthenticationResult(user=actor, auth=None)
