"""A feed over HTTP: strong validators, 304, HEAD, CORS, and no cookie (RFC 9110, RFC 9111)."""

from email.utils import format_datetime
from urllib.parse import parse_qs

from litestar.types import Scope, Send

from incubator.calendars.feeds import Telling
from incubator.calendars.standing import Standing
from incubator.calendars.window import Window
from incubator.calendars.write import MEDIA_TYPE
from incubator.kernel.errors import N_, Invalid
from incubator.web.i18n import LOCALES

Headers = list[tuple[bytes, bytes]]

FORM = 2
"""Goes up when the same rows are written otherwise: a new property, a new wording."""

ALLOWED = b"GET, HEAD, OPTIONS"
OPEN: Headers = [
    (b"cache-control", b"public, max-age=300"),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"etag, last-modified"),
]
SECRET: Headers = [(b"cache-control", b"private, no-cache"), (b"x-robots-tag", b"noindex")]
# If-None-Match is no simple header: a page of another origin asks first whether it may send it.
PREFLIGHT: Headers = [
    (b"access-control-allow-methods", ALLOWED),
    (b"access-control-allow-headers", b"if-none-match"),
    (b"access-control-max-age", b"86400"),
]


class UnknownLanguage(Invalid):
    """A feed in a language that the house does not speak."""

    code = "unknown_calendar_language"
    sentence = N_("Calendars come in Polish (lang=pl) and English (lang=en).")


def language(scope: Scope) -> str | None:
    """`?lang=`, where given. Other parameters are let be: people add them to get round caches.
    Raises UnknownLanguage."""
    query = scope["query_string"]
    if not query:
        return None
    chosen = parse_qs(query.decode("latin-1")).get("lang")
    if chosen is None:
        return None
    if chosen[-1] not in LOCALES:
        raise UnknownLanguage()
    return chosen[-1]


def header(scope: Scope, name: bytes) -> bytes | None:
    return next((value for given, value in scope["headers"] if given == name), None)


def etag_of(standing: Standing, window: Window, locale: str) -> bytes:
    return f'"{FORM}-{locale}-{window.monday:%y%m%d}-{standing.fingerprint}"'.encode()


def matches(seen: bytes, etag: bytes) -> bool:
    """Whether If-None-Match names this state. Weak names count: proxies that compress make them so."""
    if seen == etag:
        return True
    return any(name.strip().removeprefix(b"W/") == etag or name.strip() == b"*" for name in seen.split(b","))


async def allow(send: Send, *, secret: bool) -> None:
    """OPTIONS."""
    headers = [(b"allow", ALLOWED), *(SECRET if secret else [*OPEN, *PREFLIGHT])]
    await respond(send, 204, headers)


async def nothing_new(send: Send, *, etag: bytes, secret: bool) -> None:
    """304."""
    await respond(send, 304, [(b"etag", etag), *(SECRET if secret else OPEN)])


async def whole(send: Send, octets: bytes, *, etag: bytes, telling: Telling, secret: bool, head: bool) -> None:
    """200; with `head` all but the body."""
    headers = [
        (b"content-type", MEDIA_TYPE.encode()),
        (b"content-length", str(len(octets)).encode()),
        (b"etag", etag),
        (b"last-modified", format_datetime(telling.moved_at, usegmt=True).encode()),
        *(SECRET if secret else OPEN),
    ]
    await respond(send, 200, headers, b"" if head else octets)


async def respond(send: Send, status: int, headers: Headers, body: bytes = b"") -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
