"""What every request passes: nothing unreadable in its address, measured, logged, answered with the
headers that keep browsers from harm. A HEAD is a GET whose answer has no body.

One slim ASGI layer instead of five, for each costs a booking some of its speed. A line of the log
holds method, path, status and time: never a query, a body, a cookie or a header, and no secret of a
feed.
"""

import re
from collections.abc import Callable
from time import perf_counter
from urllib.parse import unquote_to_bytes

import msgspec
from litestar import Request
from litestar.datastructures import State
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPResponseStartEvent, HTTPScope, Message, Receive, Scope, Send

from incubator.kernel.clock import Clock
from incubator.kernel.errors import N_, Invalid
from incubator.web.measures import measure
from incubator.web.problems import refused

# Own scripts and styles only; no frame around us. Styles of an element (a bar's length in the week's
# table) may stand in the page, scripts may not.
CONTENT = (
    "default-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; object-src 'none';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = [
    (b"content-security-policy", CONTENT.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
]
# At the door of a session the camera reads tickets.
DOOR, AT_DOOR = "/door", (b"permissions-policy", b"camera=(self), geolocation=(), microphone=()")
# A promise that only https can keep; over http browsers are right to ignore it.
ONLY_HTTPS = (b"strict-transport-security", b"max-age=31536000")

# What the API says is mostly of one person, and would otherwise stay on the disk of who asked in a browser.
KEPT = b"cache-control"
UNKEPT = (KEPT, b"no-store")

SECRET = re.compile(r"(?<=/)(?:[A-Za-z0-9_-]{40,}|[0-9a-f]{32})(?=[/.]|$)")
UNTOLD = ("/health/", "/metrics", "/static/")
"""Not worth a line each when they go well."""


class UnreadableAddress(Invalid):
    """A path or query with a NUL or with bytes that are no UTF-8."""

    code = "unreadable_address"
    sentence = N_("This address cannot be read: it holds bytes that are not UTF-8 text.")


class Line(msgspec.Struct):
    """One request in the log; `ms` is milliseconds until the answer was complete."""

    timestamp: str
    method: str
    path: str
    status: int
    ms: float
    event: str = "request"
    level: str = "info"


class Gate:
    """`write` takes a line of the log; none are made without it."""

    def __init__(
        self, app: ASGIApp, *, clock: Clock, secure: bool, write: Callable[[bytes], object] | None = None
    ) -> None:
        self.app, self.clock, self.write = app, clock, write
        self.headers = [*HEADERS, ONLY_HTTPS] if secure else HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.WEBSOCKET:
            await self.app(scope, receive, send)
            return
        begun, status = perf_counter(), 500
        bare = scope["method"] == "HEAD"
        inner: HTTPScope = {**scope, "method": "GET"} if bare else scope  # RFC 9110, section 9.3.2

        async def with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *self._added(scope, message)]
            elif bare and message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        try:
            if is_readable(inner):
                await self.app(inner, receive, with_headers)
            else:
                await refuse(inner, receive, with_headers)
        finally:
            self._tell(scope["method"], inner, status, perf_counter() - begun)

    def _added(self, scope: HTTPScope, start: HTTPResponseStartEvent) -> list[tuple[bytes, bytes]]:
        """The headers that the answer lacks."""
        if scope["path"].endswith(DOOR):
            return [*(header for header in self.headers if header[0] != AT_DOOR[0]), AT_DOOR]
        if not scope["path"].startswith("/api/") or any(name == KEPT for name, _ in start["headers"]):
            return self.headers
        return [*self.headers, UNKEPT]

    def _tell(self, method: str, scope: HTTPScope, status: int, seconds: float) -> None:
        measure(method, scope.get("path_template") or "none", status, seconds)
        path = scope["path"]
        if self.write is not None and not (status < 400 and path.startswith(UNTOLD)):
            line = Line(self.clock().isoformat(), method, without_secrets(path), status, round(seconds * 1e3, 1))
            self.write(msgspec.json.encode(line) + b"\n")


def is_readable(scope: HTTPScope) -> bool:
    """Whether path and query are UTF-8 without NUL, once their %-escapes are read."""
    path, query = scope.get("raw_path") or b"", scope["query_string"]
    if b"%" not in path and b"%" not in query:
        return path.isascii() and query.isascii()
    try:
        return "\0" not in unquote_to_bytes(path + b"?" + query).decode()
    except UnicodeDecodeError:
        return False


async def refuse(scope: HTTPScope, receive: Receive, send: Send) -> None:
    scope["query_string"], scope["path"] = b"", scope["path"].replace("\0", "")
    request: Request[object, object, State] = Request(scope, receive, send)
    answer = refused(request, UnreadableAddress()).to_asgi_response(app=None, request=request)
    await answer(scope, receive, send)


def without_secrets(path: str) -> str:
    """`path` with whatever looks like a token left out: addresses of feeds hold one, and so do links
    that sign in."""
    return SECRET.sub("…", path)
