"""The waiting list: stand in line for a taken time, look how it moves, leave it."""

from datetime import datetime
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
from incubator.db.engine import Database, Tx, attempt, statement
from incubator.people.actor import Actor
from incubator.people.guards import coordinator, scope, signed_in
from incubator.web.i18n import locale_of
from incubator.web.idempotency import Made, created
from incubator.web.periods import period_of
from incubator.web.problems import problems

Ask = Request[Any, Any, Any]


@post(
    "/waitlist",
    operation_id="joinWaitlist",
    guards=[signed_in, scope("bookings:write")],
    responses=problems(401, 403, 404, 409, 422, 429),
)
async def join_waitlist(
    request: Ask,
    data: JSONBody[NewWish],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[WaitlistEntry]:
    """Wait for a taken time. When it becomes free, the first in line is sent a hold that lapses."""
    period = period_of(data.start, data.end)

    async def make(tx: Tx) -> Made:
        wish = await join_line(
            tx,
            actor=actor,
            space_id=data.space_id,
            period=period,
            organisation_id=data.organisation_id,
            title=data.title,
            now=now,
        )
        return wish_json(wish, locale_of(request, otherwise="en")), f"/api/waitlist/{wish.id}"

    return await created(request, db, actor.account_id, make)


@get(
    "/waitlist",
    operation_id="listWaitlist",
    guards=[signed_in, scope("bookings:read")],
    responses=problems(401, 403),
)
async def list_waitlist(
    request: Ask, db: NamedDependency[Database], actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Waitlist:
    """What one waits for or was offered, the soonest first."""
    async with statement(db) as tx:
        found = await wishes_of(tx, actor=actor, now=now)
    return Waitlist([wish_json(one, locale_of(request, otherwise="en")) for one in found])


@get(
    "/waitlist/{entry_id:uuid}",
    operation_id="getWaitlistEntry",
    guards=[signed_in, scope("bookings:read")],
    responses=problems(401, 403, 404),
)
async def get_waitlist_entry(
    request: Ask,
    entry_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> WaitlistEntry:
    """One's own wish and what became of it."""
    async with statement(db) as tx:
        wish = await wish_for(tx, actor=actor, entry_id=entry_id, now=now)
    return wish_json(wish, locale_of(request, otherwise="en"))


@delete(
    "/waitlist/{entry_id:uuid}",
    operation_id="leaveWaitlist",
    guards=[signed_in, scope("bookings:write")],
    responses=problems(401, 403, 404),
    status_code=200,
)
async def leave_waitlist(
    request: Ask,
    entry_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> WaitlistEntry:
    """Stop waiting; an offer that was not confirmed goes to the next in line. What was taken, lapsed
    or passed before stays so, and the answer says it."""
    wish = await attempt(db, lambda tx: leave_line(tx, actor=actor, entry_id=entry_id, now=now))
    return wish_json(wish, locale_of(request, otherwise="en"))


@get(
    "/incubators/by-id/{incubator_id:uuid}/waitlist",
    operation_id="listIncubatorWaitlist",
    guards=[coordinator, scope("bookings:read")],
    responses=problems(401, 403, 404),
)
async def list_incubator_waitlist(
    request: Ask,
    incubator_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Waitlist:
    """Who waits for spaces of one's incubator, in the order of the line; nothing of another gmina's."""
    async with statement(db) as tx:
        found = await wishes_in(tx, actor=actor, incubator_id=incubator_id, now=now)
    return Waitlist([wish_json(one, locale_of(request, otherwise="en")) for one in found])


handlers: list[ControllerRouterHandler] = [
    join_waitlist,
    list_waitlist,
    get_waitlist_entry,
    leave_waitlist,
    list_incubator_waitlist,
]
