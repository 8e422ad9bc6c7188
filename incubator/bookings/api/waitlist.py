"""The waiting list: stand in line for a taken time, look how it moves, leave it."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.bookings.api.waitlist_shapes import NewWish, Waitlist, WaitlistEntry, wish_json
from incubator.bookings.join_line import join_line
from incubator.bookings.leave_line import leave_line
from incubator.bookings.waitlist import wish_for, wishes_in, wishes_of
from incubator.db.engine import statement
from incubator.people.guards import coordinator, scope, signed_in
from incubator.people.visit import Visit
from incubator.web.i18n import locale_of
from incubator.web.periods import period_of
from incubator.web.problems import problems

Ask = Request[Any, Any, Any]


@post(
    "/waitlist",
    operation_id="joinWaitlist",
    guards=[signed_in, scope("bookings:write")],
    responses=problems(401, 403, 404, 409, 422, 429),
)
async def join_waitlist(visit: NamedDependency[Visit], data: JSONBody[NewWish]) -> Response[WaitlistEntry]:
    """Wait for a taken time. When it becomes free, the first in line is sent a hold that lapses."""
    period = period_of(data.start, data.end)

    return await visit.create(
        join_line,
        lambda wish: f"/api/waitlist/{wish.id}",
        lambda wish: wish_json(wish, locale_of(visit.request, otherwise="en")),
        space_id=data.space_id,
        period=period,
        organisation_id=data.organisation_id,
        title=data.title,
    )


@get(
    "/waitlist",
    operation_id="listWaitlist",
    guards=[signed_in, scope("bookings:read")],
    responses=problems(401, 403),
)
async def list_waitlist(visit: NamedDependency[Visit]) -> Waitlist:
    """What one waits for or was offered, the soonest first."""
    async with statement(visit.db) as tx:
        found = await wishes_of(tx, actor=visit.actor, now=visit.now)
    return Waitlist([wish_json(one, locale_of(visit.request, otherwise="en")) for one in found])


@get(
    "/waitlist/{entry_id:uuid}",
    operation_id="getWaitlistEntry",
    guards=[signed_in, scope("bookings:read")],
    responses=problems(401, 403, 404),
)
async def get_waitlist_entry(visit: NamedDependency[Visit], entry_id: FromPath[UUID]) -> WaitlistEntry:
    """One's own wish and what became of it."""
    async with statement(visit.db) as tx:
        wish = await wish_for(tx, actor=visit.actor, entry_id=entry_id, now=visit.now)
    return wish_json(wish, locale_of(visit.request, otherwise="en"))


@delete(
    "/waitlist/{entry_id:uuid}",
    operation_id="leaveWaitlist",
    guards=[signed_in, scope("bookings:write")],
    responses=problems(401, 403, 404),
    status_code=200,
)
async def leave_waitlist(visit: NamedDependency[Visit], entry_id: FromPath[UUID]) -> WaitlistEntry:
    """Stop waiting; an offer that was not confirmed goes to the next in line. What was taken, lapsed
    or passed before stays so, and the answer says it."""
    wish = await visit.do(leave_line, entry_id=entry_id)
    return wish_json(wish, locale_of(visit.request, otherwise="en"))


@get(
    "/incubators/by-id/{incubator_id:uuid}/waitlist",
    operation_id="listIncubatorWaitlist",
    guards=[coordinator, scope("bookings:read")],
    responses=problems(401, 403, 404),
)
async def list_incubator_waitlist(visit: NamedDependency[Visit], incubator_id: FromPath[UUID]) -> Waitlist:
    """Who waits for spaces of one's incubator, in the order of the line; nothing of another gmina's."""
    async with statement(visit.db) as tx:
        found = await wishes_in(tx, actor=visit.actor, incubator_id=incubator_id, now=visit.now)
    return Waitlist([wish_json(one, locale_of(visit.request, otherwise="en")) for one in found])


handlers: list[ControllerRouterHandler] = [
    join_waitlist,
    list_waitlist,
    get_waitlist_entry,
    leave_waitlist,
    list_incubator_waitlist,
]
