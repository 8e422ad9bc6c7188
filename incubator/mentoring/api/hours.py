"""When a mentor can be met: rules of meetings, the week, days that are not as usual."""

from datetime import date, datetime

from litestar import Response, delete, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
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
from incubator.people.change import Change
from incubator.people.visit import Found
from incubator.web.etags import tagged


@put("/mentors/{slug:str}/rules", operation_id="setMeetingRules", **OWN)
async def put_meeting_rules(
    change: NamedDependency[Change], slug: FromPath[str], data: JSONBody[MeetingRules]
) -> Response[MentorView]:
    """How long meetings last and how far ahead they are booked. Meetings booked before stand."""
    return await change(set_meeting_rules, mentor_id=Found(mentor_key, slug), rules=data)


@put("/mentors/{slug:str}/hours", operation_id="setMentorWeek", **OWN)
async def put_mentor_week(
    change: NamedDependency[Change], slug: FromPath[str], data: JSONBody[MentorWeek]
) -> Response[MentorView]:
    """The usual week anew, at open incubators or online. Meetings booked before stand."""
    return await change(set_mentor_week, mentor_id=Found(mentor_key, slug), week=[hours_of(one) for one in data.weekly])


@put("/mentors/{slug:str}/exceptions/{day:date}", operation_id="setMentorException", **OWN)
async def put_mentor_exception(
    change: NamedDependency[Change], slug: FromPath[str], day: FromPath[date], data: JSONBody[MentorDay]
) -> Response[Exceptions]:
    """Other hours on one day, or none. It counts on public holidays too."""
    return await change.then(
        lambda tx: _exceptions(tx, slug, change.visit.now),
        set_mentor_exception,
        mentor_id=Found(mentor_key, slug),
        day=day,
        hours=[hours_of(one) for one in data.hours],
    )


@delete("/mentors/{slug:str}/exceptions/{day:date}", operation_id="removeMentorException", **OWN, status_code=200)
async def delete_mentor_exception(
    change: NamedDependency[Change], slug: FromPath[str], day: FromPath[date]
) -> Response[Exceptions]:
    """The day is like any other again."""
    return await change.then(
        lambda tx: _exceptions(tx, slug, change.visit.now),
        remove_mentor_exception,
        mentor_id=Found(mentor_key, slug),
        day=day,
    )


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
