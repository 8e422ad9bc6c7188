"""A feed over HTTP: strong validators, 304, HEAD, packing, CORS, and no cookie (RFC 9110, RFC 9111)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime

from litestar.types import Scope, Send

from incubator.calendars.packing import CODINGS
from incubator.calendars.told import Told

Headers = list[tuple[bytes, bytes]]

SETTLES = timedelta(minutes=1)
"""No transaction lasts longer: what happened before is committed, and seen."""

ALLOWED = b"GET, HEAD, OPTIONS"
VARY = (b"vary", b"accept, accept-encoding")
OPEN: Headers = [
    (b"cache-control", b"public, max-age=300"),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"etag, last-modified"),
    VARY,
]
SECRET: Headers = [(b"cache-control", b"private, no-cache"), (b"x-robots-tag", b"noindex"), VARY]
# If-None-Match is no simple header: a page of another origin asks first whether it may send it.
PREFLIGHT: Headers = [
    (b"access-control-allow-methods", ALLOWED),
    (b"access-control-allow-headers", b"if-none-match"),
    (b"access-control-max-age", b"86400"),
]


def headers_of(scope: Scope) -> Mapping[bytes, bytes]:
    return dict(scope["headers"])


def etag_for(etag: bytes, packing: bytes) -> bytes:
    """Octets that are packed another way have another strong name."""
    return etag[:-1] + b"-" + packing + b'"' if packing else etag


def last_modified(moved_at: datetime, now: datetime) -> bytes:
    """A moment that stands for one state alone. Clocks of HTTP count seconds, and a transaction that began earlier can
    commit later; so a state is told of first by when it came about, and once nothing can come between any more by
    when that was certain."""
    settled = moved_at + SETTLES
    return format_datetime(settled if settled <= now else moved_at, usegmt=True).encode()


def wants_all(headers: Mapping[bytes, bytes]) -> bool:
    """Whether who asks names no state that they have."""
    return b"if-none-match" not in headers and b"if-modified-since" not in headers


def unchanged(headers: Mapping[bytes, bytes], *, etag: bytes, moved: Callable[[], datetime], now: datetime) -> bool:
    """Whether who asks has this state, packed in any way. If-Modified-Since counts where there is no If-None-Match, of
    a state that has settled, and exactly: a later moment that they made up might be before the next change is seen.
    `moved` says when the state came about."""
    seen = headers.get(b"if-none-match")
    if seen is not None:
        return matches(seen, etag)
    since = headers.get(b"if-modified-since")
    if since is None:
        return False
    moved_at = moved()
    return moved_at + SETTLES <= now and since == last_modified(moved_at, now)


def matches(seen: bytes, etag: bytes) -> bool:
    """Whether If-None-Match names this state. Weak names count: proxies that compress make them so."""
    if seen == etag:
        return True
    names = {etag, b"*", *(etag_for(etag, packing) for packing in CODINGS)}
    return any(name.strip().removeprefix(b"W/") in names for name in seen.split(b","))


async def allow(send: Send, *, secret: bool) -> None:
    """OPTIONS."""
    headers = [(b"allow", ALLOWED), *(SECRET if secret else [*OPEN, *PREFLIGHT])]
    await respond(send, 204, headers)


async def nothing_new(send: Send, *, etag: bytes, secret: bool) -> None:
    """304."""
    await respond(send, 304, [(b"etag", etag), *(SECRET if secret else OPEN)])


async def whole(send: Send, told: Told, *, packing: bytes, now: datetime, secret: bool, head: bool) -> None:
    """200; with `head` all but the body."""
    headers = [
        (b"content-type", told.media_type),
        (b"content-length", str(told.length).encode()),
        (b"etag", etag_for(told.etag, packing)),
        (b"last-modified", last_modified(told.moved_at, now)),
        *([(b"content-encoding", packing)] if packing else []),
        *(SECRET if secret else OPEN),
    ]
    await respond(send, 200, headers, () if head else told.parts)


async def respond(send: Send, status: int, headers: Headers, body: Sequence[bytes] = ()) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    *parts, last = body or (b"",)
    for part in parts:
        await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body", "body": last, "more_body": False})
