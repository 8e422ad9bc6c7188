"""When a mentor can be met: the usual week, and days that are not as usual."""

from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, statement
from incubator.kernel.errors import Refusal
from incubator.mentoring.hours_where import choices_for
from incubator.mentoring.pages.deeds_mentor import HOURS
from incubator.mentoring.pages.hour_fields import FormRow, rows_kept, rows_typed
from incubator.mentoring.pages.mentor_page import Visit, changed, seen_by, shown
from incubator.people.actor import Actor
from incubator.people.forms import Ask, Typed
from incubator.people.guards import signed_in


@get("/mentors/{slug:str}/hours", guards=[signed_in])
async def show_hours(
    request: Ask,
    slug: FromPath[str],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[str]:
    return await _show(Visit(request=request, slug=slug, db=db, actor=actor, now=now))


@post("/mentors/{slug:str}/hours", guards=[signed_in], status_code=303)
async def change_hours(
    request: Ask,
    slug: FromPath[str],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    visit = Visit(request=request, slug=slug, db=db, actor=actor, now=now)
    return await changed(visit, HOURS, back=f"/mentors/{slug}/hours", show=_show)


async def _show(visit: Visit, typed: Typed | None = None, refusal: Refusal | None = None) -> Response[str]:
    async with statement(visit.db) as tx:
        found = await seen_by(tx, visit)
        choices = await choices_for(tx, actor=visit.actor, mentor_id=found.profile.id)
    form = typed.form if typed else ""
    return shown(
        visit.request,
        "hours.html",
        typed=typed,
        refusal=refusal,
        mentor=found.profile,
        private=found,
        places=choices.places,
        programmes=choices.programmes,
        week=rows_typed(typed) if typed and form == "week" else rows_kept(found.profile.week),
        days=rows_typed(typed) if typed and form == "exception" else [FormRow(), FormRow()],
    )


handlers: list[ControllerRouterHandler] = [show_hours, change_hours]
