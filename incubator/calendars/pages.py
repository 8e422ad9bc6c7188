"""The HTML edge of calendars: one's own addresses, and a single booking to take away."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.bookings.queries import booking_for
from incubator.calendars.booked_whole import told_alone
from incubator.calendars.choices import choices_in
from incubator.calendars.feeds import FEEDS
from incubator.calendars.links import links_to, qr_code
from incubator.calendars.make_feed import MadeFeed, make_feed
from incubator.calendars.meeting_entry import met_entry
from incubator.calendars.my_feeds import my_feeds
from incubator.calendars.narrowing import LISTS, Narrowing, query_of
from incubator.calendars.queries import booked_one
from incubator.calendars.revoke_feed import revoke_feed
from incubator.calendars.rights import chosen, rights_of
from incubator.calendars.session_entry import session_entry
from incubator.calendars.subscribe_page import handlers as to_subscribe
from incubator.calendars.venues import venues
from incubator.calendars.write import Head, calendar
from incubator.db.engine import Database, statement, transaction
from incubator.exchanges.queries import session_to_show
from incubator.kernel.errors import N_, Refusal
from incubator.mentoring.queries import meeting_for
from incubator.people.actor import Actor
from incubator.people.guards import public, signed_in
from incubator.people.visit import Visit
from incubator.web.bodies import OptionalLine, UnreadableForm, read_form
from incubator.web.flash import see_other
from incubator.web.i18n import LOCALES, texts_of
from incubator.web.pages import page
from incubator.web.problems import said, status_of


class NewFeed(Narrowing, frozen=True):
    of: OptionalLine = ""
    name: OptionalLine = ""


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
        return await _page(visit, status=status_of(refusal), problem=said(visit.request, refusal), typed=typed)
    return await _page(visit, made=made, query=query)


@post("/me/calendars/{feed_id:uuid}/revoke", guards=[signed_in], status_code=303)
async def drop_feed(visit: NamedDependency[Visit], feed_id: FromPath[UUID]) -> Response[Any]:
    async with transaction(visit.db) as tx:
        await revoke_feed(tx, actor=visit.actor, feed_id=feed_id, now=visit.now)
    return see_other(
        visit.request, "/me/calendars", N_("The address is revoked. Apps that used it will show nothing new.")
    )


@get("/bookings/{booking_id:uuid}/event.ics", guards=[signed_in])
async def take_away(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[bytes]:
    """One booking as a file. It goes by the same name as in a feed, so that it is not there twice."""
    texts, address = texts_of(visit.request), visit.request.app.state.settings.address
    async with statement(visit.db) as tx:
        await booking_for(tx, actor=visit.actor, booking_id=booking_id)
        booked = await booked_one(tx, booking_id=booking_id)
        entry = await told_alone(tx, booked, texts, address)
    return Response(
        calendar(Head(name=entry.summary, url=entry.url), [entry]),
        media_type="text/calendar",
        headers={
            "Content-Disposition": f'attachment; filename="{booked.period.start:%Y-%m-%d}.ics"',
            "Cache-Control": "private, no-store",
        },
    )


@get("/meetings/{meeting_id:uuid}/event.ics", guards=[signed_in])
async def take_meeting_away(visit: NamedDependency[Visit], meeting_id: FromPath[UUID]) -> Response[bytes]:
    """One meeting with a mentor as a file."""
    texts, address = texts_of(visit.request), visit.request.app.state.settings.address
    async with statement(visit.db) as tx:
        meeting = await meeting_for(tx, actor=visit.actor, meeting_id=meeting_id)
        entry = met_entry(meeting, visit.actor, texts, address, await venues(tx))
    return Response(
        calendar(Head(name=entry.summary, url=entry.url), [entry]),
        media_type="text/calendar",
        headers={
            "Content-Disposition": f'attachment; filename="{meeting.period.start:%Y-%m-%d}.ics"',
            "Cache-Control": "private, no-store",
        },
    )


@get("/exchange/{session_id:uuid}/session.ics", guards=[public])
async def take_session_away(
    request: Request[Any, Any, Any], session_id: FromPath[UUID], db: NamedDependency[Database]
) -> Response[bytes]:
    """One session of knowledge exchange as a file."""
    texts, address = texts_of(request), request.app.state.settings.address
    found = request.scope.get("user")
    async with statement(db) as tx:
        session = await session_to_show(tx, reader=found if isinstance(found, Actor) else None, session_id=session_id)
        entry = session_entry(session, texts, address, await venues(tx))
    return Response(
        calendar(Head(name=entry.summary, url=entry.url), [entry]),
        media_type="text/calendar",
        headers={
            "Content-Disposition": f'attachment; filename="{session.start:%Y-%m-%d}.ics"',
            "Cache-Control": "private, no-store",
        },
    )


async def _page(
    visit: Visit,
    *,
    status: int = 200,
    made: MadeFeed | None = None,
    query: str = "",
    problem: str = "",
    typed: NewFeed = NOTHING,
) -> Response[Any]:
    """`made` is an address that was made just now, with the `query` of what was chosen."""
    address = visit.request.app.state.settings.address
    async with statement(visit.db) as tx:
        feeds = await my_feeds(tx, actor=visit.actor)
        rights = await rights_of(tx, actor=visit.actor)
    asked = f"?{query}" if query else ""
    ways = links_to(f"{address}{made.path}{asked}", name=made.name) if made else None
    return page(
        visit.request,
        "calendars/mine.html",
        status=status,
        feeds=feeds,
        rights=rights,
        kinds=list(dict.fromkeys(kind for right in rights for kind in FEEDS[right.kind].kinds)),
        locales=LOCALES,
        made=made,
        ways=ways,
        qr=qr_code(ways.webcal) if ways else "",
        problem=problem,
        typed=typed,
        dav=f"{address}/dav/",
    )


handlers: list[ControllerRouterHandler] = [
    *to_subscribe,
    show_feeds,
    add_feed,
    drop_feed,
    take_away,
    take_meeting_away,
    take_session_away,
]
