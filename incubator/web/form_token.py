"""The token that a form carries and a cookie repeats, so that no other site sends forms in somebody's
name (CSRF). Litestar's, which takes both for texts made by itself; here anybody may have made them."""

from typing import Any

from litestar.config.csrf import CSRFConfig
from litestar.connection import ASGIConnection
from litestar.exceptions import PermissionDeniedException
from litestar.middleware import DefineMiddleware
from litestar.middleware.csrf import CSRFMiddleware
from litestar.types import Receive, Scope, Send

from incubator.kernel.errors import N_, Forbidden

WITHOUT_FORMS = ["^/photos/", "^/drawings/", "^/newsletter/one-click/"]
"""Pages' addresses that hold no page: their answers set no cookie, and so may be kept by anybody. And the one that mail
programs send to by themselves (RFC 8058), which have no cookie: the seal in it says who may."""


class WrongFormToken(Forbidden):
    """No form of ours, one from before the cookie changed, or a browser that keeps no cookies."""

    code = "wrong_form_token"
    sentence = N_("This form is out of date. Please open its page again and send it once more.")


class FormToken(CSRFMiddleware):
    """A token that is a file, or no ASCII, is a wrong one. A cookie that is not ours, or was signed with
    an earlier key, counts as none: the next page gives another, where forms would be refused for ever."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        cookies = ASGIConnection[Any, Any, Any, Any](scope).cookies
        if self._decode_csrf_token(cookies.get(self.config.cookie_name)) is None:
            cookies.pop(self.config.cookie_name, None)
        try:
            await super().__call__(scope, receive, send)
        except PermissionDeniedException:  # its own alone: what handlers raise is answered further in
            raise WrongFormToken() from None

    def _decode_csrf_token(self, token: object) -> str | None:
        return super()._decode_csrf_token(token) if isinstance(token, str) and token.isascii() else None


def form_token(*, secret: str, secure: bool) -> DefineMiddleware:
    """For whatever takes forms; `secure` keeps the cookie to https."""
    config = CSRFConfig(
        secret=secret,
        cookie_name="csrf",
        cookie_secure=secure,
        cookie_httponly=True,
        cookie_samesite="lax",
        exclude=WITHOUT_FORMS,
    )
    return DefineMiddleware(FormToken, config=config)
