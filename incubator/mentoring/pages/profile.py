"""A mentor's profile and portrait. Public."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, statement
from incubator.mentoring.pages.figures import either
from incubator.mentoring.pages.mentor_page import shown
from incubator.mentoring.portraits import portrait_by_id
from incubator.mentoring.profiles import mentor_by_slug, own_slug
from incubator.people.forms import Ask
from incubator.people.guards import public
from incubator.web.i18n import locale_of

# A portrait never changes under its address, but it can be taken away: not kept for a year.
HEADERS = {
    "Cache-Control": "public, max-age=3600",
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
}


@get("/mentors/{slug:str}", guards=[public])
async def show_profile(request: Ask, slug: FromPath[str], db: NamedDependency[Database]) -> Response[str]:
    actor: Any = request.scope.get("user")
    async with statement(db) as tx:
        mentor = await mentor_by_slug(tx, slug=slug)
        own = await own_slug(tx, actor=actor) if actor is not None and actor.is_mentor else None
    desk = actor is not None and (mentor.gmina_id in actor.coordinates or actor.is_administrator)
    days = [(weekday, [one for one in mentor.week if one.weekday == weekday]) for weekday in range(1, 8)]
    return shown(
        request,
        "profile.html",
        mentor=mentor,
        days=[(weekday, hours) for weekday, hours in days if hours],
        lengths=either(mentor.rules.lengths, locale_of(request)),
        topic=asked if (asked := request.query_params.get("topic")) in {one.slug for one in mentor.topics} else "",
        own=own,
        may_edit=own == slug or desk,
        desk=desk,
    )


@get("/portraits/{photo_id:uuid}", guards=[public])
async def show_portrait(photo_id: FromPath[UUID], db: NamedDependency[Database]) -> Response[bytes]:
    async with statement(db) as tx:
        picture = await portrait_by_id(tx, photo_id=photo_id)
    return Response(picture.content, media_type=picture.media_type, headers=HEADERS)


handlers: list[ControllerRouterHandler] = [show_profile, show_portrait]
