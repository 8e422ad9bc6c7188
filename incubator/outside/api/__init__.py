"""The JSON edge: calendars kept elsewhere, of mentors and of spaces."""

from typing import Any
from uuid import UUID

from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
from incubator.mentoring.reach import mentor_key
from incubator.outside.add_calendar import add_calendar
from incubator.outside.ask_now import ask_now
from incubator.outside.calendars import calendar_by_id, calendars_of
from incubator.outside.details import NewCalendar
from incubator.outside.remove_calendar import remove_calendar
from incubator.outside.trying import outside_of, tried
from incubator.outside.views import CalendarView
from incubator.people.guards import coordinator, scope, signed_in
from incubator.people.visit import Visit
from incubator.places.catalogue_spaces import space_by_id
from incubator.web.problems import problems

MENTORS: dict[str, Any] = {"guards": [signed_in, scope("mentoring:write")]}
SPACES: dict[str, Any] = {"guards": [coordinator, scope("places:write")]}
ADDING = problems(401, 403, 404, 409, 410, 422, 429)


@get(
    "/mentors/{slug:str}/outside-calendars",
    operation_id="listMentorOutsideCalendars",
    guards=[signed_in, scope("mentoring:read")],
    responses=problems(401, 403, 404),
)
async def list_of_mentor(visit: NamedDependency[Visit], slug: FromPath[str]) -> list[CalendarView]:
    """Calendars kept elsewhere that say when the mentor is busy, to the mentor and the coordinators of their gmina."""
    async with statement(visit.db) as tx:
        key = await mentor_key(tx, slug)
        return await calendars_of(tx, actor=visit.actor, mentor_id=key, now=visit.now)


@post("/mentors/{slug:str}/outside-calendars", operation_id="addMentorOutsideCalendar", responses=ADDING, **MENTORS)
async def add_to_mentor(
    visit: NamedDependency[Visit], slug: FromPath[str], data: JSONBody[NewCalendar]
) -> Response[Any]:
    """Add a calendar kept elsewhere. It is fetched and read at once, and what it says is busy cannot be booked."""
    async with statement(visit.db) as tx:
        key = await mentor_key(tx, slug)
        await calendars_of(tx, actor=visit.actor, mentor_id=key, now=visit.now)
    address, looked = await tried(visit, data.address)
    at = f"/api/mentors/{slug}/outside-calendars"
    return await visit.create(add_calendar, at, None, mentor_id=key, name=data.name, address=address, looked=looked)


@get(
    "/spaces/{space_id:uuid}/outside-calendars",
    operation_id="listSpaceOutsideCalendars",
    responses=problems(401, 403, 404),
    **SPACES,
)
async def list_of_space(visit: NamedDependency[Visit], space_id: FromPath[UUID]) -> list[CalendarView]:
    """Calendars kept elsewhere that say when the space is taken, to its coordinators."""
    async with statement(visit.db) as tx:
        await space_by_id(tx, space_id=space_id)
        return await calendars_of(tx, actor=visit.actor, space_id=space_id, now=visit.now)


@post(
    "/spaces/{space_id:uuid}/outside-calendars",
    operation_id="addSpaceOutsideCalendar",
    responses=ADDING,
    **SPACES,
)
async def add_to_space(
    visit: NamedDependency[Visit], space_id: FromPath[UUID], data: JSONBody[NewCalendar]
) -> Response[Any]:
    """Add a calendar of another system that lets the space too. It is fetched and read at once, and what it says is
    taken cannot be booked."""
    async with statement(visit.db) as tx:
        await space_by_id(tx, space_id=space_id)
        await calendars_of(tx, actor=visit.actor, space_id=space_id, now=visit.now)
    address, looked = await tried(visit, data.address)
    at = f"/api/spaces/{space_id}/outside-calendars"
    return await visit.create(add_calendar, at, None, space_id=space_id, name=data.name, address=address, looked=looked)


@post(
    "/outside-calendars/{calendar_id:uuid}/read",
    operation_id="readOutsideCalendar",
    status_code=200,
    responses=problems(401, 403, 404, 410, 429),
    **MENTORS,
)
async def read_calendar(visit: NamedDependency[Visit], calendar_id: FromPath[UUID]) -> CalendarView:
    """Read a calendar out of turn, once a minute at most. What went wrong is its `problem`."""
    key = await visit.do(ask_now, calendar_id=calendar_id)
    await outside_of(visit).look(visit.db, subject_id=key, now=visit.now)
    async with statement(visit.db) as tx:
        return await calendar_by_id(tx, calendar_id=key, now=visit.now)


@delete(
    "/outside-calendars/{calendar_id:uuid}",
    operation_id="removeOutsideCalendar",
    responses=problems(401, 403, 404, 410),
    **MENTORS,
)
async def delete_calendar(visit: NamedDependency[Visit], calendar_id: FromPath[UUID]) -> None:
    """Remove a calendar: its times can be booked again."""
    await visit.do(remove_calendar, calendar_id=calendar_id)


handlers: list[ControllerRouterHandler] = [
    list_of_mentor,
    add_to_mentor,
    list_of_space,
    add_to_space,
    read_calendar,
    delete_calendar,
]
