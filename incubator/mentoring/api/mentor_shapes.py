"""What of mentors is said in JSON alone; the rest is in details.py and mentor_views.py."""

from typing import Annotated, Any

from litestar.params import QueryParameter

from incubator.mentoring.details import DayHours, WeekdayHours
from incubator.mentoring.hours_rules import Hours
from incubator.mentoring.mentor_views import ContractView, ExceptionDay, MentorAtDesk, MentorBrief, TopicView
from incubator.people.guards import coordinator, office, public, scope, signed_in
from incubator.places.rules import minute_of
from incubator.places.views import View
from incubator.web.problems import problems

OPEN: dict[str, Any] = {"guards": [public], "responses": problems(404, 422)}
READ: dict[str, Any] = {
    "guards": [signed_in, scope("mentoring:read")],
    "responses": problems(401, 403, 404, 422),
}
OWN: dict[str, Any] = {
    "guards": [signed_in, scope("mentoring:write")],
    "responses": problems(401, 403, 404, 409, 410, 412, 413, 422),
}
DESK_READ: dict[str, Any] = {
    "guards": [coordinator, scope("mentoring:read")],
    "responses": problems(401, 403, 404, 422),
}
DESK: dict[str, Any] = {
    "guards": [coordinator, scope("mentoring:write")],
    "responses": problems(401, 403, 404, 409, 410, 412, 422),
}
OFFICE: dict[str, Any] = {
    "guards": [office, scope("mentoring:write")],
    "responses": problems(401, 403, 404, 409, 412, 422),
}
Limit = Annotated[int, QueryParameter(ge=1, le=100)]
Named = Annotated[str | None, QueryParameter(max_length=80, pattern="^[^\\x00]*$")]
Month = Annotated[
    str, QueryParameter(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", description="A month in Warsaw: 2026-09")
]


class Mentors(View, frozen=True):
    """A page of mentors; `next` goes into `after` for the one that follows."""

    items: list[MentorBrief]
    next: str | None = None


class Topics(View, frozen=True):
    """The topics of the metropolis, in their order."""

    items: list[TopicView]


class DeskMentors(View, frozen=True):
    """The mentors of a gmina, those who have ended last."""

    items: list[MentorAtDesk]


class Contracts(View, frozen=True):
    """The contracts with a mentor, the latest first."""

    items: list[ContractView]


class Exceptions(View, frozen=True):
    """Days to come that are not as usual."""

    items: list[ExceptionDay]


class PortraitMade(View, frozen=True):
    """Where the portrait is from now on."""

    path: str


def hours_of(given: DayHours) -> Hours:
    """As the verbs take it."""
    return Hours(
        weekday=given.weekday if isinstance(given, WeekdayHours) else 0,
        opens=minute_of(given.opens),
        closes=minute_of(given.closes),
        incubator_id=given.incubator_id,
        online=given.online,
        audience=given.audience,
        programme_id=given.programme_id,
    )
