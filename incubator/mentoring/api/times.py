"""When mentors can be met: public, for whoever looks for one."""

from datetime import datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, statement
from incubator.kernel.period import Period
from incubator.mentoring.any_mentor import TopicWish, chances
from incubator.mentoring.api.shapes_meetings import MentorTime, time_json
from incubator.mentoring.offered import ANYBODY, free_times
from incubator.mentoring.to_meet import mentor_by_slug
from incubator.people.guards import public
from incubator.web.problems import problems


class MentorTimes(msgspec.Struct, frozen=True, kw_only=True):
    """A mentor and when they can be met."""

    mentor_id: UUID
    mentor_slug: str
    mentor_name: str
    times: list[MentorTime]


@get(
    "/mentors/{slug:str}/times",
    operation_id="listMentorTimes",
    guards=[public],
    responses=problems(404, 422),
)
async def list_mentor_times(
    slug: FromPath[str],
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
    minutes: Annotated[int | None, QueryParameter(ge=15, le=120)] = None,
    days: Annotated[int, QueryParameter(ge=1, le=62)] = 28,
) -> MentorTimes:
    """The mentor's free times from now on, for a meeting of so many `minutes` (else the mentor's shortest). Hours
    that a programme keeps for its participants are left out."""
    span = Period(now, now + timedelta(days=days))
    async with statement(db) as tx:
        mentor = await mentor_by_slug(tx, slug=slug)
        times = await free_times(tx, mentors=[mentor], span=span, minutes=minutes, seeker=ANYBODY, now=now)
    found = [time_json(time) for time in times[mentor.id]]
    return MentorTimes(mentor_id=mentor.id, mentor_slug=mentor.slug, mentor_name=mentor.name, times=found)


@get(
    "/topics/{slug:str}/mentor-times",
    operation_id="listTopicTimes",
    guards=[public],
    responses=problems(422),
)
async def list_topic_times(
    slug: FromPath[str],
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
    minutes: Annotated[int, QueryParameter(ge=15, le=120)] = 60,
    language: Annotated[Literal["pl", "en", "uk", "de", "fr", "es"] | None, QueryParameter()] = None,
) -> list[MentorTimes]:
    """Who can be met about a topic in the coming four weeks, soonest first; three times of each mentor."""
    wish = TopicWish(topic=slug, minutes=minutes, language=language)
    async with statement(db) as tx:
        found = await chances(tx, wish=wish, seeker=ANYBODY, but=None, now=now)
    told: dict[UUID, MentorTimes] = {}
    for one in found:
        mentor = one.mentor
        empty = MentorTimes(mentor_id=mentor.id, mentor_slug=mentor.slug, mentor_name=mentor.name, times=[])
        told.setdefault(mentor.id, empty).times.append(time_json(one.time))
    return list(told.values())


handlers: list[ControllerRouterHandler] = [list_mentor_times, list_topic_times]
