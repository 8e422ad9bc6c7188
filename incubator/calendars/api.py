"""The feeds' edge: a bare ASGI handler, because most polls find nothing new, and that should cost
next to nothing.

It is mounted, as the framework routes bare handlers with parameters in their path nowhere. Nothing
here asks who is asking: a feed is public, or knows its reader by its address.
"""

from collections.abc import Mapping
from datetime import datetime

from litestar import asgi
from litestar.enums import ScopeType
from litestar.exceptions import MethodNotAllowedException
from litestar.types import ControllerRouterHandler, Receive, Scope, Send

from incubator.calendars.choices import choices_in
from incubator.calendars.conditional import (
    ALLOWED,
    allow,
    etag_for,
    headers_of,
    nothing_new,
    unchanged,
    wants_all,
    whole,
)
from incubator.calendars.feed import Feed, moved_at
from incubator.calendars.feeds import FEEDS
from incubator.calendars.packing import packing_of
from incubator.calendars.representations import REPRESENTATIONS, ending_for
from incubator.calendars.seen import note_reader
from incubator.calendars.standing import NoSuchCalendar, Standing
from incubator.calendars.told import Asked
from incubator.people.guards import public


@asgi("/", is_mount=True, guards=[public], copy_scope=False)
async def feeds(scope: Scope, receive: Receive, send: Send) -> None:
    """`/calendars/<kind>/<name>.ics` (or .json, .ifb), for GET, HEAD and OPTIONS."""
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
    state, headers = scope["litestar_app"].state, headers_of(scope)
    now, kiosk = state.clock(), state.kiosk
    choices = choices_in(scope["query_string"], kinds=feed.kinds, topical=feed.topical)
    form = ending_for(headers.get(b"accept")) if ending == ".ics" else ending
    asked = Asked(feed, name, form, choices, choices.window(now))
    packing = packing_of(headers.get(b"accept-encoding"))
    if wants_all(headers):
        told = await kiosk.latest(asked, packing=packing)
        if told is not None:
            await whole(send, told, packing=packing, now=now, secret=feed.secret, head=head)
            return
    standing = await kiosk.standing(asked)
    if standing.token_id is not None:
        await note_reader(state.db, standing=standing, reader=headers.get(b"user-agent", b""), now=now)
    if not is_had(headers, asked, standing, now=now):
        standing = kiosk.told_to_stand(asked, standing)
    if is_had(headers, asked, standing, now=now):
        await nothing_new(send, etag=etag_for(asked.etag(standing), packing), secret=feed.secret)
        return
    told = await kiosk.told(asked, standing, packing=packing)
    await whole(send, told, packing=packing, now=now, secret=feed.secret, head=head)


def is_had(headers: Mapping[bytes, bytes], asked: Asked, standing: Standing, *, now: datetime) -> bool:
    """Whether who asks has the feed as it stands there."""
    return unchanged(headers, etag=asked.etag(standing), moved=lambda: moved_at(standing, asked.window), now=now)


handlers: list[ControllerRouterHandler] = [feeds]
