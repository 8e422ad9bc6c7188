"""The feeds' edge: a bare ASGI handler, because most polls find nothing new, and that should cost
next to nothing.

It is mounted, as the framework routes bare handlers with parameters in their path nowhere. Nothing
here asks who is asking: a feed is public, or knows its reader by its address.
"""

from litestar import asgi
from litestar.enums import ScopeType
from litestar.exceptions import MethodNotAllowedException
from litestar.types import ControllerRouterHandler, Receive, Scope, Send

from incubator.calendars.build import built
from incubator.calendars.choices import choices_in
from incubator.calendars.conditional import ALLOWED, allow, header, matches, nothing_new, whole
from incubator.calendars.feed import Feed
from incubator.calendars.feeds import FEEDS
from incubator.calendars.representations import REPRESENTATIONS
from incubator.calendars.seen import note_reader
from incubator.calendars.standing import NoSuchCalendar, found
from incubator.calendars.told import Asked
from incubator.db.engine import snapshot, statement
from incubator.people.guards import public


@asgi("/", is_mount=True, guards=[public], copy_scope=False)
async def feeds(scope: Scope, receive: Receive, send: Send) -> None:
    """`/calendars/<kind>/<name>.ics`, for GET, HEAD and OPTIONS."""
    feed, name, ending = named(scope)
    if scope["type"] == ScopeType.WEBSOCKET:
        raise NoSuchCalendar()
    method = scope["method"]
    if method == "OPTIONS":
        await allow(send, secret=feed.secret)
    elif method in {"GET", "HEAD"}:
        await tell(scope, send, feed, name, ending, head=method == "HEAD")
    else:
        raise MethodNotAllowedException(headers={"Allow": ALLOWED.decode()})


def named(scope: Scope) -> tuple[Feed, str, str]:
    """The kind of feed, its name, and the ending that says in which form it is wanted. Raises NoSuchCalendar."""
    kind, _, file = scope["path"].strip("/").partition("/")
    # The mount has cut the path; refusals tell all of it.
    scope["path"] = f"/calendars/{kind}/{file}"
    name, dot, ending = file.rpartition(".")
    if kind not in FEEDS or f".{ending}" not in REPRESENTATIONS or not dot:
        raise NoSuchCalendar()
    # Nor has a mount a pattern, which is what log and metrics may tell of a secret address.
    scope["path_template"] = f"/calendars/{kind}/{{name}}.{ending}"
    return FEEDS[kind], name, f".{ending}"


async def tell(scope: Scope, send: Send, feed: Feed, name: str, ending: str, *, head: bool) -> None:
    """304 to who has this very state of the feed, else all of it."""
    state = scope["litestar_app"].state
    now = state.clock()
    choices = choices_in(scope["query_string"], kinds=feed.kinds, topical=feed.topical)
    asked = Asked(feed, name, ending, choices, choices.window(now))
    known = feed.stands.read(name)
    async with statement(state.db) as tx:
        standing = found((await feed.stands(tx, [known]))[0] if known is not None else None)
    if standing.token_id is not None:
        await note_reader(state.db, standing=standing, reader=header(scope, b"user-agent") or b"", now=now)
    seen = header(scope, b"if-none-match")
    if seen is not None and matches(seen, etag := asked.etag(standing)):
        await nothing_new(send, etag=etag, secret=feed.secret)
        return
    async with snapshot(state.db) as tx:
        told = await built(tx, asked, state.settings.address)
    await whole(send, told, secret=feed.secret, head=head)


handlers: list[ControllerRouterHandler] = [feeds]
