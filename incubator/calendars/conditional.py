"""A feed over HTTP: strong validators, 304, HEAD, CORS, and no cookie (RFC 9110, RFC 9111)."""

from email.utils import format_datetime

from litestar.types import Scope, Send

from incubator.calendars.told import Told

Headers = list[tuple[bytes, bytes]]

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


def header(scope: Scope, name: bytes) -> bytes | None:
    return next((value for given, value in scope["headers"] if given == name), None)


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


async def whole(send: Send, told: Told, *, secret: bool, head: bool) -> None:
    """200; with `head` all but the body."""
    headers = [
        (b"content-type", told.media_type),
        (b"content-length", str(len(told.octets)).encode()),
        (b"etag", told.etag),
        (b"last-modified", format_datetime(told.moved_at, usegmt=True).encode()),
        *(SECRET if secret else OPEN),
    ]
    await respond(send, 200, headers, b"" if head else told.octets)


async def respond(send: Send, status: int, headers: Headers, body: bytes = b"") -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
