"""The feeds' edge: a bare ASGI handler, because most polls find nothing new, and that should cost
next to nothing.

It is mounted, as the framework routes bare handlers with parameters in their path nowhere. Nothing
here asks who is asking: a feed is public, or knows its reader by its address.
"""

from litestar import asgi
from litestar.enums import ScopeType
from litestar.exceptions import MethodNotAllowedException
from litestar.types import ControllerRouterHandler, Receive, Scope, Send

from incubator.calendars.conditional import (
    ALLOWED,
    allow,
    etag_of,
    header,
    language,
    matches,
    nothing_new,
    whole,
)
from incubator.calendars.feeds import FEEDS, Feed, Telling
from incubator.calendars.seen import note_reader
from incubator.calendars.standing import NoSuchCalendar
from incubator.calendars.window import window_at
from incubator.db.engine import statement
from incubator.people.guards import public
from incubator.web.i18n import translator


@asgi("/", is_mount=True, guards=[public], copy_scope=False)
async def feeds(scope: Scope, receive: Receive, send: Send) -> None:
    """`/calendars/<kind>/<name>.ics`, for GET, HEAD and OPTIONS."""
    feed, name = named(scope)
    if scope["type"] == ScopeType.WEBSOCKET:
        raise NoSuchCalendar()
    method = scope["method"]
    if method == "OPTIONS":
        await allow(send, secret=feed.secret)
    elif method in {"GET", "HEAD"}:
        await tell(scope, send, feed, name, head=method == "HEAD")
    else:
        raise MethodNotAllowedException(headers={"Allow": ALLOWED.decode()})


def named(scope: Scope) -> tuple[Feed, str]:
    """The kind of feed and its name. Raises NoSuchCalendar."""
    kind, _, name = scope["path"].strip("/").partition("/")
    # The mount has cut the path; refusals tell all of it.
    scope["path"] = f"/calendars/{kind}/{name}"
    if kind not in FEEDS or not name.endswith(".ics"):
        raise NoSuchCalendar()
    # Nor has a mount a pattern, which is what log and metrics may tell of a secret address.
    scope["path_template"] = f"/calendars/{kind}/{{name}}.ics"
    return FEEDS[kind], name.removesuffix(".ics")


async def tell(scope: Scope, send: Send, feed: Feed, name: str, *, head: bool) -> None:
    """304 to who has this very state of the feed, else all of it."""
    state, chosen = scope["litestar_app"].state, language(scope)
    now = state.clock()
    standing = await feed.stands(state.db, name)
    if standing.token_id is not None:
        await note_reader(state.db, standing=standing, reader=header(scope, b"user-agent") or b"", now=now)
    window, locale = window_at(now), chosen or standing.locale or "pl"
    etag, seen = etag_of(standing, window, locale), header(scope, b"if-none-match")
    if seen is not None and matches(seen, etag):
        await nothing_new(send, etag=etag, secret=feed.secret)
        return
    async with statement(state.db) as tx:
        telling = Telling(tx, standing, window, translator(locale), state.settings.address)
        octets = await feed.write(telling)
    await whole(send, octets, etag=etag, telling=telling, secret=feed.secret, head=head)


handlers: list[ControllerRouterHandler] = [feeds]
