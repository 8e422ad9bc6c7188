"""The waiting list: join it for a taken time, leave it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from incubator.bookings.join_line import join_line
from incubator.bookings.leave_line import leave_line
from incubator.bookings.pages.keeping import SaidForm
from incubator.bookings.pages.picking import picked
from incubator.bookings.pages.rows import of_space
from incubator.bookings.pages.space import show_refused, sign_in_first
from incubator.bookings.pages.wishes import read_moment
from incubator.db.engine import Database, attempt, statement
from incubator.kernel.errors import N_, Refusal
from incubator.people.actor import Actor
from incubator.people.guards import public, signed_in
from incubator.people.visit import Visit
from incubator.places.catalogue_spaces import space_by_slugs
from incubator.web.bodies import read_form
from incubator.web.flash import see_other

Asked = Request[Any, Any, Any]


@post("/incubators/{slug:str}/{space_slug:str}/wait", guards=[public], status_code=303)
async def wait_for_space(
    request: Asked,
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
    slug: FromPath[str],
    space_slug: FromPath[str],
) -> Response[Any]:
    """Stand in line for a taken time of a space."""
    form = await read_form(request, SaidForm)
    async with statement(db) as tx:
        thing = of_space(await space_by_slugs(tx, incubator=slug, space=space_slug))
    if not isinstance(request.user, Actor):
        return sign_in_first(thing, form)
    actor: Actor = request.user
    try:
        period = picked(read_moment(form.start), read_moment(form.end))
        await attempt(
            db,
            lambda tx: join_line(
                tx,
                actor=actor,
                space_id=thing.spaces[0].id,
                period=period,
                organisation_id=form.organisation_id,
                title=form.title,
                now=now,
            ),
        )
    except Refusal as refusal:
        return await show_refused(request, db, thing, form, refusal, now=now)
    return see_other(request, "/bookings#line", N_("You are in line. When the time becomes free, we write to you."))


@post("/bookings/line/{entry_id:uuid}/leave", guards=[signed_in], status_code=303)
async def leave_the_line(visit: NamedDependency[Visit], entry_id: FromPath[UUID]) -> Response[Any]:
    await visit.do(leave_line, entry_id=entry_id)
    return see_other(visit.request, "/bookings", N_("You no longer wait for this time."), tone="note")


handlers = [wait_for_space, leave_the_line]
