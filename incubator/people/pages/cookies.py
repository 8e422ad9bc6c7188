"""The one cookie that lets people in."""

from typing import Any

from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.response import Redirect

from incubator.people.asking import COOKIE
from incubator.people.open_session import SESSION_LIVES, SignedIn
from incubator.web.flash import see_other


def let_in(request: Request[Any, Any, Any], signed: SignedIn) -> Redirect:
    """On to where they wanted to go, with the session's cookie."""
    return Redirect(signed.next_path, status_code=303, cookies=[_cookie(request, signed.secret)])


def see_off(request: Request[Any, Any, Any], path: str, sentence: str = "") -> Response[Any]:
    """To `path`, without the cookie; there `sentence` (a msgid) is said."""
    answer = see_other(request, path, sentence)
    answer.set_cookie(_cookie(request, "", lives=0))
    return answer


def _cookie(request: Request[Any, Any, Any], value: str, *, lives: int = int(SESSION_LIVES.total_seconds())) -> Cookie:
    secure = request.app.state.settings.secure
    return Cookie(key=COOKIE, value=value, max_age=lives, path="/", httponly=True, samesite="lax", secure=secure)
