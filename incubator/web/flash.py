"""What was just done, said once on the page that a redirect leads to.

The sentence travels in a cookie that lives a minute and is signed, so that nobody else can put
words into the house's mouth. It holds a msgid, never what a person typed.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal

import msgspec
from litestar import Request, Response
from litestar.response import Redirect

from incubator.web.i18n import texts_of

COOKIE = "flash"
SECONDS = 60
Tone = Literal["good", "note", "wait", "bad"]


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence in the reader's language, and its tone."""

    sentence: str
    tone: Tone


def see_other(
    request: Request[Any, Any, Any], address: str, sentence: str = "", *, tone: Tone = "good"
) -> Response[Any]:
    """A 303 to `address`, after which the page says `sentence` (a msgid) once."""
    answer = Redirect(address, status_code=303)
    if sentence:
        answer.set_cookie(
            key=COOKIE,
            value=_sealed(request, [(sentence, tone)]),
            max_age=SECONDS,
            httponly=True,
            samesite="lax",
            secure=request.app.state.settings.secure,
        )
    return answer


def flashes(request: Request[Any, Any, Any]) -> list[Said]:
    """What is to be said now; nothing where the cookie is missing or not ours."""
    sealed = request.cookies.get(COOKIE, "")
    payload, _, seal = sealed.partition(".")
    if not hmac.compare_digest(seal.encode(), _seal(request, payload).encode()):
        return []
    try:
        told = msgspec.json.decode(urlsafe_b64decode(payload), type=list[tuple[str, Tone]])
    except (NotBase64, msgspec.DecodeError):
        return []
    texts = texts_of(request)
    return [Said(texts.gettext(sentence), tone) for sentence, tone in told]


def _sealed(request: Request[Any, Any, Any], told: list[tuple[str, Tone]]) -> str:
    payload = urlsafe_b64encode(msgspec.json.encode(told)).decode()
    return f"{payload}.{_seal(request, payload)}"


def _seal(request: Request[Any, Any, Any], payload: str) -> str:
    key: str = request.app.state.settings.secret_key
    return hmac.new(key.encode(), b"flash" + payload.encode(), sha256).hexdigest()
