"""A mentor's calendars kept elsewhere, for themself and the coordinator of their gmina."""

from typing import Any

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx, statement
from incubator.kernel.period import WARSAW
from incubator.mentoring.mentor_views import MentorPrivately
from incubator.mentoring.profiles import mentor_privately
from incubator.outside.calendars import calendars_of
from incubator.outside.pages.deeds import DEEDS, added, read_now
from incubator.outside.pages.labels import labels_in
from incubator.outside.problems import PROBLEMS
from incubator.people.guards import signed_in
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit


async def _mentor(tx: Tx, visit: Visit) -> MentorPrivately:
    """Raises NoSuchMentor, NotYours."""
    return await mentor_privately(tx, actor=visit.actor, slug=visit.slug, today=visit.now.astimezone(WARSAW).date())


async def _shown(tx: Tx, visit: Visit, found: MentorPrivately) -> Shown:
    calendars = await calendars_of(tx, actor=visit.actor, mentor_id=found.profile.id, now=visit.now)
    return Shown(
        "outside/of_mentor.html", mentor=found.profile, calendars=calendars, problems=PROBLEMS, base=_at(visit)
    )


def _at(visit: Visit) -> str:
    return f"/mentors/{visit.slug}/calendars"


PATH = "/mentors/{slug:str}/calendars"
SCREEN = Screen(
    name="mentor_calendars",
    path=PATH,
    guard=signed_in,
    about=_mentor,
    shows=_shown,
    deeds=DEEDS,
    labels=labels_in,
)


@post(f"{PATH}/add", guards=[signed_in], status_code=303)
async def add_to_mentor(visit: NamedDependency[Visit], slug: FromPath[str]) -> Response[Any]:
    async with statement(visit.db) as tx:  # whoever may not add one is not told of the outside either
        found = await _mentor(tx, visit)
    return await added(SCREEN, visit, _at(visit), mentor_id=found.profile.id)


@post(f"{PATH}/read", guards=[signed_in], status_code=303)
async def read_of_mentor(visit: NamedDependency[Visit], slug: FromPath[str]) -> Response[Any]:
    async with statement(visit.db) as tx:
        await _mentor(tx, visit)
    return await read_now(SCREEN, visit, _at(visit))


handlers: list[ControllerRouterHandler] = [*SCREEN.handlers, add_to_mentor, read_of_mentor]
