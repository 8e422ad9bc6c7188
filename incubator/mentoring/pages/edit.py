"""A mentor's own page to change: profile, portrait, rules of meetings; the contracts to look at. For the
mentor and the coordinator of their gmina."""

from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, statement
from incubator.kernel.errors import Refusal
from incubator.mentoring.pages.deeds_mentor import EDIT, portrait_deed
from incubator.mentoring.pages.mentor_page import Visit, changed, seen_by, shown
from incubator.mentoring.topics import topics
from incubator.people.actor import Actor
from incubator.people.forms import Ask, Typed
from incubator.people.guards import signed_in

LENGTHS = (15, 20, 30, 45, 60, 75, 90, 120)


@get("/mentors/{slug:str}/edit", guards=[signed_in])
async def show_edit(
    request: Ask,
    slug: FromPath[str],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[str]:
    return await _show(Visit(request=request, slug=slug, db=db, actor=actor, now=now))


@post("/mentors/{slug:str}/edit", guards=[signed_in], status_code=303)
async def change_profile(
    request: Ask,
    slug: FromPath[str],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    visit = Visit(request=request, slug=slug, db=db, actor=actor, now=now)
    deeds = {**EDIT, "portrait": await portrait_deed(request)}
    return await changed(visit, deeds, back=f"/mentors/{slug}/edit", show=_show)


async def _show(visit: Visit, typed: Typed | None = None, refusal: Refusal | None = None) -> Response[str]:
    async with statement(visit.db) as tx:
        found = await seen_by(tx, visit)
        choice = await topics(tx)
    mentor = found.profile
    return shown(
        visit.request,
        "edit.html",
        typed=typed,
        refusal=refusal,
        mentor=mentor,
        private=found,
        topics=choice,
        chosen=[one.slug for one in mentor.topics],
        lengths=sorted({*LENGTHS, *mentor.rules.lengths}),
    )


handlers: list[ControllerRouterHandler] = [show_edit, change_profile]
