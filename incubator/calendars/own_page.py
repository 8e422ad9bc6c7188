"""The page of one's own calendars: secret addresses, and passwords for apps that sign in (CalDAV)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.calendars.choices import choices_in
from incubator.calendars.feeds import FEEDS
from incubator.calendars.links import Links, links_to, qr_code
from incubator.calendars.make_feed import make_feed
from incubator.calendars.my_feeds import my_feeds
from incubator.calendars.narrowing import LISTS, Narrowing, query_of
from incubator.calendars.revoke_feed import revoke_feed
from incubator.calendars.rights import chosen, rights_of
from incubator.db.engine import statement, transaction
from incubator.kernel.errors import N_, Refusal
from incubator.kernel.ids import new_secret
from incubator.people.guards import signed_in
from incubator.people.make_token import LONGEST_DAYS, TokenWish, make_token
from incubator.people.queries import account_of
from incubator.people.visit import Visit
from incubator.web.bodies import Body, OptionalLine, UnreadableForm, read_form
from incubator.web.flash import see_other
from incubator.web.i18n import LOCALES, texts_of
from incubator.web.pages import page
from incubator.web.problems import said, status_of

READS = "calendars:read"
"""What a password for an app is: an API token with this scope alone."""


class NewFeed(Narrowing, frozen=True):
    of: OptionalLine = ""
    name: OptionalLine = ""


class NewPassword(Body, frozen=True):
    name: OptionalLine = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """An address or a password that was made just now: its name, and itself."""

    name: str
    ways: Links | None = None
    password: str = ""


NOTHING = NewFeed()


@get("/me/calendars", guards=[signed_in])
async def show_feeds(visit: NamedDependency[Visit]) -> Response[Any]:
    return await _page(visit)


@post("/me/calendars", guards=[signed_in], status_code=200)
async def add_feed(visit: NamedDependency[Visit]) -> Response[Any]:
    """No redirect afterwards: the address is on this answer alone."""
    texts, typed = texts_of(visit.request), NOTHING
    try:
        typed = form = await read_form(visit.request, NewFeed, lists=LISTS)
        kind, subject_id = chosen(form.of)
        query = query_of(FEEDS[kind], form)
        choices_in(query.encode(), kinds=FEEDS[kind].kinds)
        name = form.name.strip() or texts.gettext("My calendar")
        async with transaction(visit.db) as tx:
            made = await make_feed(tx, actor=visit.actor, name=name, kind=kind, subject_id=subject_id, now=visit.now)
    except Refusal as refusal:
        if isinstance(refusal, UnreadableForm):
            typed = NewFeed(of=refusal.typed.get("of", ""), name=refusal.typed.get("name", ""))
        return await _page(visit, refusal=refusal, typed=typed)
    url = f"{visit.request.app.state.settings.address}{made.path}{'?' if query else ''}{query}"
    return await _page(visit, made=Shown(made.name, links_to(url, name=made.name)))


@post("/me/calendars/passwords", guards=[signed_in], status_code=200)
async def add_password(visit: NamedDependency[Visit]) -> Response[Any]:
    """No redirect afterwards either."""
    secret, typed = new_secret(), NewPassword()
    try:
        typed = form = await read_form(visit.request, NewPassword)
        name = form.name.strip() or texts_of(visit.request).gettext("Calendar app")
        wish = TokenWish(name=name, scopes=[READS], days=LONGEST_DAYS)
        async with transaction(visit.db) as tx:
            await make_token(tx, actor=visit.actor, wish=wish, secret=secret, now=visit.now)
    except Refusal as refusal:
        if isinstance(refusal, UnreadableForm):
            typed = NewPassword(name=refusal.typed.get("name", ""))
        return await _page(visit, refusal=refusal, app=typed.name)
    return await _page(visit, made=Shown(name, password=secret))


@post("/me/calendars/{feed_id:uuid}/revoke", guards=[signed_in], status_code=303)
async def drop_feed(visit: NamedDependency[Visit], feed_id: FromPath[UUID]) -> Response[Any]:
    async with transaction(visit.db) as tx:
        await revoke_feed(tx, actor=visit.actor, feed_id=feed_id, now=visit.now)
    return see_other(
        visit.request, "/me/calendars", N_("The address is revoked. Apps that used it will show nothing new.")
    )


async def _page(
    visit: Visit,
    *,
    made: Shown | None = None,
    refusal: Refusal | None = None,
    typed: NewFeed = NOTHING,
    app: str = "",
) -> Response[Any]:
    """`typed` stands in the form of addresses again, and `app` in that of passwords."""
    async with statement(visit.db) as tx:
        feeds = await my_feeds(tx, actor=visit.actor)
        rights = await rights_of(tx, actor=visit.actor)
        account = await account_of(tx, actor=visit.actor)
    return page(
        visit.request,
        "calendars/mine.html",
        status=status_of(refusal) if refusal else 200,
        problem=said(visit.request, refusal) if refusal else "",
        feeds=feeds,
        rights=rights,
        kinds=list(dict.fromkeys(kind for right in rights for kind in FEEDS[right.kind].kinds)),
        locales=LOCALES,
        made=made,
        ways=made.ways if made else None,
        qr=qr_code(made.ways.webcal) if made and made.ways else "",
        typed=typed,
        app=app,
        email=account.email,
        dav=f"{visit.request.app.state.settings.address}/dav/",
    )


handlers: list[ControllerRouterHandler] = [show_feeds, add_feed, add_password, drop_feed]
