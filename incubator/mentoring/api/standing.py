"""Pause, resume and retire mentors."""

from datetime import datetime
from typing import Any

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, attempt
from incubator.mentoring.api.mentor_shapes import DESK
from incubator.mentoring.mentor_views import MentorView
from incubator.mentoring.pause_mentor import pause_mentor
from incubator.mentoring.profiles import mentor_by_slug
from incubator.mentoring.reach import mentor_key
from incubator.mentoring.resume_mentor import resume_mentor
from incubator.mentoring.retire_mentor import retire_mentor
from incubator.people.actor import Actor
from incubator.web.etags import IfMatch, seen_version, tagged

OK: dict[str, Any] = {**DESK, "status_code": 200}


@post("/mentors/{slug:str}/pause", operation_id="pauseMentor", **OK)
async def post_pause(
    slug: FromPath[str],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[MentorView]:
    """Let nobody book the mentor for a while. Meetings booked before stand."""
    return await _settle(db, slug, pause_mentor, actor=actor, seen=seen_version(if_match), now=now)


@post("/mentors/{slug:str}/resume", operation_id="resumeMentor", **OK)
async def post_resume(
    slug: FromPath[str],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[MentorView]:
    """Let the mentor be booked again, after a pause or after the end."""
    return await _settle(db, slug, resume_mentor, actor=actor, seen=seen_version(if_match), now=now)


@post("/mentors/{slug:str}/retire", operation_id="retireMentor", **OK)
async def post_retire(
    slug: FromPath[str],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[MentorView]:
    """End somebody's time as a mentor: out of the directory, and the role is withdrawn."""
    return await _settle(db, slug, retire_mentor, actor=actor, seen=seen_version(if_match), now=now)


async def _settle(db: Database, slug: str, verb: Any, **given: Any) -> Response[MentorView]:
    async def act(tx: Tx) -> MentorView:
        await verb(tx, mentor_id=await mentor_key(tx, slug), **given)
        return await mentor_by_slug(tx, slug=slug, retired=True)

    view = await attempt(db, act)
    return tagged(view, view.version)


handlers: list[ControllerRouterHandler] = [post_pause, post_resume, post_retire]
