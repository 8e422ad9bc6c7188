"""The coordinator's page of one mentor: contracts, pause, the end."""

from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, statement
from incubator.kernel.errors import Refusal
from incubator.mentoring.pages.deeds_mentor import DESK
from incubator.mentoring.pages.figures import as_hours, as_money
from incubator.mentoring.pages.mentor_page import Visit, changed, seen_by, shown
from incubator.people.actor import Actor
from incubator.people.forms import Ask, Typed
from incubator.people.guards import coordinator


@get("/desk/mentors/{slug:str}", guards=[coordinator])
async def show_mentor(
    request: Ask,
    slug: FromPath[str],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[str]:
    return await _show(Visit(request=request, slug=slug, db=db, actor=actor, now=now, desk=True))


@post("/desk/mentors/{slug:str}", guards=[coordinator], status_code=303)
async def change_mentor(
    request: Ask,
    slug: FromPath[str],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    visit = Visit(request=request, slug=slug, db=db, actor=actor, now=now, desk=True)
    return await changed(visit, DESK, back=f"/desk/mentors/{slug}", show=_show)


async def _show(visit: Visit, typed: Typed | None = None, refusal: Refusal | None = None) -> Response[str]:
    async with statement(visit.db) as tx:
        found = await seen_by(tx, visit)
    return shown(
        visit.request,
        "desk_mentor.html",
        typed=typed,
        refusal=refusal,
        mentor=found.profile,
        private=found,
        as_hours=as_hours,
        as_money=as_money,
    )


handlers: list[ControllerRouterHandler] = [show_mentor, change_mentor]
