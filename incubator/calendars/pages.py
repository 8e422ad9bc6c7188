"""The HTML edge of calendars, and single bookings, meetings and sessions to take away as files."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.bookings.queries import booking_for
from incubator.calendars.booked_whole import told_alone
from incubator.calendars.meeting_entry import met_entry
from incubator.calendars.own_page import handlers as ones_own
from incubator.calendars.queries import booked_one
from incubator.calendars.session_entry import session_entry
from incubator.calendars.sources.attended import attended_one
from incubator.calendars.subscribe_page import handlers as to_subscribe
from incubator.calendars.venues import venues
from incubator.calendars.write import Entry, Head, calendar
from incubator.db.engine import Database, Tx, statement
from incubator.exchanges.queries import session_to_show
from incubator.kernel.period import WARSAW
from incubator.mentoring.queries import meeting_for
from incubator.people.actor import Actor
from incubator.people.guards import public, signed_in
from incubator.people.visit import Visit
from incubator.registrations.queries import registration_at, registration_by_link, registration_for
from incubator.registrations.states import State
from incubator.registrations.views import RegistrationView
from incubator.web.i18n import texts_of


@get("/bookings/{booking_id:uuid}/event.ics", guards=[signed_in])
async def take_away(visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[bytes]:
    """One booking as a file. It goes by the same name as in a feed, so that it is not there twice."""
    texts, address = texts_of(visit.request), visit.request.app.state.settings.address
    async with statement(visit.db) as tx:
        await booking_for(tx, actor=visit.actor, booking_id=booking_id)
        booked = await booked_one(tx, booking_id=booking_id)
        entry = await told_alone(tx, booked, texts, address)
    return _file(entry)


@get("/meetings/{meeting_id:uuid}/event.ics", guards=[signed_in])
async def take_meeting_away(visit: NamedDependency[Visit], meeting_id: FromPath[UUID]) -> Response[bytes]:
    """One meeting with a mentor as a file."""
    texts, address = texts_of(visit.request), visit.request.app.state.settings.address
    async with statement(visit.db) as tx:
        meeting = await meeting_for(tx, actor=visit.actor, meeting_id=meeting_id)
        entry = met_entry(meeting, visit.actor, texts, address, await venues(tx))
    return _file(entry)


@get("/exchange/{session_id:uuid}/session.ics", guards=[public])
async def take_session_away(
    request: Request[Any, Any, Any], session_id: FromPath[UUID], db: NamedDependency[Database]
) -> Response[bytes]:
    """One session of knowledge exchange as a file. It takes the time of who has a seat, and tells them how to join."""
    texts, address = texts_of(request), request.app.state.settings.address
    found = request.scope.get("user")
    reader = found if isinstance(found, Actor) else None
    async with statement(db) as tx:
        session = await session_to_show(tx, reader=reader, session_id=session_id)
        own = await registration_at(tx, actor=reader, session_id=session_id) if reader else None
        if own is not None and own.state == State.REGISTERED:
            entry = await attended_one(tx, registration=own, texts=texts, address=address)
        else:
            entry = session_entry(session, texts, address, await venues(tx))
    return _file(entry)


@get("/registrations/{registration_id:uuid}/session.ics", guards=[signed_in])
async def take_seat_away(visit: NamedDependency[Visit], registration_id: FromPath[UUID]) -> Response[bytes]:
    """The session that one registered for, as a file."""
    async with statement(visit.db) as tx:
        own = await registration_for(tx, actor=visit.actor, registration_id=registration_id)
        return _file(await _seat(tx, own, visit.request))


@get("/registrations/{registration_id:uuid}/by/{seal:str}/session.ics", guards=[public])
async def take_seat_away_by_link(
    request: Request[Any, Any, Any], registration_id: FromPath[UUID], seal: FromPath[str], db: NamedDependency[Database]
) -> Response[bytes]:
    """The same for who registered without an account."""
    async with statement(db) as tx:
        own = await registration_by_link(tx, registration_id=registration_id, seal=seal)
        return _file(await _seat(tx, own, request))


async def _seat(tx: Tx, registration: RegistrationView, request: Request[Any, Any, Any]) -> Entry:
    address = request.app.state.settings.address
    return await attended_one(tx, registration=registration, texts=texts_of(request), address=address)


def _file(entry: Entry) -> Response[bytes]:
    """Named by its day."""
    return Response(
        calendar(Head(name=entry.summary, url=entry.url), [entry]),
        media_type="text/calendar",
        headers={
            "Content-Disposition": f'attachment; filename="{entry.period.start.astimezone(WARSAW):%Y-%m-%d}.ics"',
            "Cache-Control": "private, no-store",
        },
    )


handlers: list[ControllerRouterHandler] = [
    *to_subscribe,
    *ones_own,
    take_away,
    take_meeting_away,
    take_session_away,
    take_seat_away,
    take_seat_away_by_link,
]
