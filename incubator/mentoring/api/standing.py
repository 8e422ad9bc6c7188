"""Pause, resume and retire mentors."""

from typing import Any

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.mentoring.api.mentor_shapes import DESK
from incubator.mentoring.mentor_views import MentorView
from incubator.mentoring.pause_mentor import pause_mentor
from incubator.mentoring.profiles import mentor_by_slug
from incubator.mentoring.reach import mentor_key
from incubator.mentoring.resume_mentor import resume_mentor
from incubator.mentoring.retire_mentor import retire_mentor
from incubator.people.change import Change
from incubator.people.forms import Verb
from incubator.people.visit import Found
from incubator.web.etags import tagged

OK: dict[str, Any] = {**DESK, "status_code": 200}


@post("/mentors/{slug:str}/pause", operation_id="pauseMentor", **OK)
async def post_pause(change: NamedDependency[Change], slug: FromPath[str]) -> Response[MentorView]:
    """Let nobody book the mentor for a while. Meetings booked before stand."""
    return await _settle(change, slug, pause_mentor)


@post("/mentors/{slug:str}/resume", operation_id="resumeMentor", **OK)
async def post_resume(change: NamedDependency[Change], slug: FromPath[str]) -> Response[MentorView]:
    """Let the mentor be booked again, after a pause or after the end."""
    return await _settle(change, slug, resume_mentor)


@post("/mentors/{slug:str}/retire", operation_id="retireMentor", **OK)
async def post_retire(change: NamedDependency[Change], slug: FromPath[str]) -> Response[MentorView]:
    """End somebody's time as a mentor: out of the directory, and the role is withdrawn."""
    return await _settle(change, slug, retire_mentor)


async def _settle(change: Change, slug: str, verb: Verb[object]) -> Response[MentorView]:
    view = await change.then(
        lambda tx: mentor_by_slug(tx, slug=slug, retired=True), verb, mentor_id=Found(mentor_key, slug)
    )
    return tagged(view, view.version)


handlers: list[ControllerRouterHandler] = [post_pause, post_resume, post_retire]
