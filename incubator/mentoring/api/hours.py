"""When a mentor can be met: rules of meetings, the week, days that are not as usual."""

from datetime import date, datetime

from litestar import Response, delete, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, attempt
from incubator.kernel.period import WARSAW
from incubator.mentoring.api.mentor_shapes import OWN, Exceptions, hours_of
from incubator.mentoring.details import MeetingRules, MentorDay, MentorWeek
from incubator.mentoring.mentor_views import MentorView
from incubator.mentoring.profiles import exceptions_of, mentor_by_slug
from incubator.mentoring.reach import mentor_key
from incubator.mentoring.remove_mentor_exception import remove_mentor_exception
from incubator.mentoring.set_meeting_rules import set_meeting_rules
from incubator.mentoring.set_mentor_exception import set_mentor_exception
from incubator.mentoring.set_mentor_week import set_mentor_week
from incubator.people.actor import Actor
from incubator.web.etags import IfMatch, seen_version, tagged


@put("/mentors/{slug:str}/rules", operation_id="setMeetingRules", **OWN)
async def put_meeting_rules(
    slug: FromPath[str],
    data: JSONBody[MeetingRules],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[MentorView]:
    """How long meetings last and how far ahead they are booked. Meetings booked before stand."""
    seen = seen_version(if_match)

    async def act(tx: Tx) -> MentorView:
        key = await mentor_key(tx, slug)
        return await set_meeting_rules(tx, actor=actor, mentor_id=key, rules=data, seen=seen, now=now)

    view = await attempt(db, act)
    return tagged(view, view.version)


@put("/mentors/{slug:str}/hours", operation_id="setMentorWeek", **OWN)
async def put_mentor_week(
    slug: FromPath[str],
    data: JSONBody[MentorWeek],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[MentorView]:
    """The usual week anew, at open incubators or online. Meetings booked before stand."""
    seen, week = seen_version(if_match), [hours_of(one) for one in data.weekly]

    async def act(tx: Tx) -> MentorView:
        key = await mentor_key(tx, slug)
        return await set_mentor_week(tx, actor=actor, mentor_id=key, week=week, seen=seen, now=now)

    view = await attempt(db, act)
    return tagged(view, view.version)


@put("/mentors/{slug:str}/exceptions/{day:date}", operation_id="setMentorException", **OWN)
async def put_mentor_exception(
    slug: FromPath[str],
    day: FromPath[date],
    data: JSONBody[MentorDay],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[Exceptions]:
    """Other hours on one day, or none. It counts on public holidays too."""
    seen, hours = seen_version(if_match), [hours_of(one) for one in data.hours]

    async def act(tx: Tx) -> Response[Exceptions]:
        key = await mentor_key(tx, slug)
        await set_mentor_exception(tx, actor=actor, mentor_id=key, day=day, hours=hours, seen=seen, now=now)
        return await _exceptions(tx, slug, now)

    return await attempt(db, act)


@delete("/mentors/{slug:str}/exceptions/{day:date}", operation_id="removeMentorException", **OWN, status_code=200)
async def delete_mentor_exception(
    slug: FromPath[str],
    day: FromPath[date],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[Exceptions]:
    """The day is like any other again."""
    seen = seen_version(if_match)

    async def act(tx: Tx) -> Response[Exceptions]:
        key = await mentor_key(tx, slug)
        await remove_mentor_exception(tx, actor=actor, mentor_id=key, day=day, seen=seen, now=now)
        return await _exceptions(tx, slug, now)

    return await attempt(db, act)


async def _exceptions(tx: Tx, slug: str, now: datetime) -> Response[Exceptions]:
    view = await mentor_by_slug(tx, slug=slug)
    found = await exceptions_of(tx, mentor_id=view.id, since=now.astimezone(WARSAW).date())
    return tagged(Exceptions(items=found), view.version)


handlers: list[ControllerRouterHandler] = [
    put_meeting_rules,
    put_mentor_week,
    put_mentor_exception,
    delete_mentor_exception,
]
