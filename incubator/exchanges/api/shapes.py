"""What of sessions and topics is said in JSON alone; the rest is in details.py and views.py."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from litestar import Request

from incubator.exchanges.details import (
    Capacity,
    Questions,
    Rhythm,
    SessionDetails,
    Speakers,
    Stalls,
    When,
    Where,
)
from incubator.exchanges.details_topics import TopicDetails
from incubator.exchanges.views import SessionBrief, View
from incubator.exchanges.views_topics import TopicView
from incubator.people.actor import Actor
from incubator.people.guards import office_or_coordinator, public, scope, signed_in
from incubator.web.bodies import Body, OptionalLine
from incubator.web.problems import problems

READ = "exchanges:read"
OPEN: dict[str, Any] = {"guards": [public], "responses": problems(404, 422)}
OWN: dict[str, Any] = {
    "guards": [signed_in, scope("exchanges:write")],
    "responses": problems(401, 403, 404, 409, 422),
}
ASKS: dict[str, Any] = {**OWN, "responses": problems(401, 403, 404, 409, 422, 429)}
DESK: dict[str, Any] = {
    "guards": [office_or_coordinator, scope("exchanges:write")],
    "responses": problems(401, 403, 404, 409, 412, 422),
}


class Sessions(View, frozen=True):
    """A page of sessions; `next` goes into `after` for the one that follows."""

    items: list[SessionBrief]
    next: str | None = None


class TopicRequests(View, frozen=True):
    """A page of topics; `next` goes into `after` for the one that follows."""

    items: list[TopicView]
    next: str | None = None


class NewSession(Body, frozen=True):
    """A session of a gmina (its slug), or of the metropolis where there is none. Without `capacity`, as many may
    come as like to."""

    details: SessionDetails
    when: When
    where: Where
    gmina: str | None = None
    capacity: Capacity | None = None


class Whereabouts(Body, frozen=True):
    """When and where it is from now on: this session, or this and those `following` it in its series."""

    when: When
    where: Where
    reach: Literal["this", "following"] = "this"


class SessionStep(Body, frozen=True):
    """Where a session goes: published, or called off with the `reason` that the registered will read; with
    `reach`, those that follow it in its series too."""

    state: Literal["published", "cancelled"]
    reason: OptionalLine = ""
    reach: Literal["this", "following"] = "this"


class Seats(Body, frozen=True):
    """How many may come; null: as many as like to."""

    capacity: Capacity | None


class SpeakerList(Body, frozen=True):
    """Who speaks, in this order."""

    speakers: Speakers


class QuestionList(Body, frozen=True):
    """What is asked of each who registers, in this order."""

    questions: Questions


class StallList(Body, frozen=True):
    """The stalls of a market day."""

    stalls: Stalls


class NewSeries(Body, frozen=True):
    """How often the session is repeated. With `skip`, dates that cannot be are left out; without it, one that
    cannot be is refused with all of them."""

    rhythm: Rhythm
    skip: bool = False


class DateView(View, frozen=True):
    """A date of a series: its session once it was made, or the `code` of why it cannot be."""

    start: datetime
    end: datetime
    session_id: UUID | None
    code: str | None


class Dates(View, frozen=True):
    """The dates of a series, in time."""

    items: list[DateView]


class Kept(View, frozen=True):
    """What was added."""

    id: UUID


class NewTopic(Body, frozen=True):
    """A topic that is asked of a gmina (its slug), or of the metropolis."""

    details: TopicDetails
    gmina: str | None = None


class Planned(Body, frozen=True):
    """The session that a topic becomes."""

    session_id: UUID


def reader_of(request: Request[Any, Any, Any]) -> Actor | None:
    """Who reads, for the drafts that they run; a token needs the scope for that."""
    found = request.scope.get("user")
    return found if isinstance(found, Actor) and READ in found.scopes else None
