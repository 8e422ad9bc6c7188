"""Book, list and read meetings."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx, statement
from incubator.mentoring.any_mentor import TopicWish, any_mentor
from incubator.mentoring.api.shapes_meetings import AnyMentor, Meeting, Meetings, NewMeeting, meeting_json
from incubator.mentoring.api.suggesting import suggesting
from incubator.mentoring.meet import meet
from incubator.mentoring.meet_together import meet_together
from incubator.mentoring.order import MeetingOrder
from incubator.mentoring.queries import history_for, meeting_for, meetings_of
from incubator.mentoring.views import MeetingView
from incubator.people.actor import Actor
from incubator.people.asking import BY_MEMORY, surely
from incubator.people.guards import scope, signed_in
from incubator.people.visit import Visit
from incubator.web.bodies import Moment
from incubator.web.cursors import Cursor, read_cursor, write_cursor
from incubator.web.etags import tagged
from incubator.web.idempotency import Made, created
from incubator.web.periods import period_of
from incubator.web.problems import problems

Ask = Request[Any, Any, Any]
READ: dict[str, Any] = {"guards": [signed_in, scope("mentoring:read")], "responses": problems(401, 403, 404, 422)}
WRITE: dict[str, Any] = {
    "guards": [signed_in, scope("mentoring:write")],
    "responses": problems(401, 403, 404, 409, 422),
}


class MeetingDeed(msgspec.Struct, frozen=True):
    """One line of a meeting's history."""

    at: datetime
    actor_id: UUID | None
    verb: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@post("/meetings", operation_id="createMeeting", opt=BY_MEMORY, **WRITE)
async def create_meeting(request: Ask, data: JSONBody[NewMeeting]) -> Response[Meeting]:
    """Book a meeting with a mentor, with a room where one is asked for: both or neither. 409 `mentor_taken` brings
    the mentor's next free times."""
    db, now = request.app.state.db, request.app.state.clock()
    order = data.order(period_of(data.start, data.end))

    async def book(actor: Actor) -> Response[Meeting]:
        async def quickly() -> Made | None:
            made = await meet_together(request.app.state.meetings, actor=actor, order=order, now=now)
            return _made(made, actor) if made is not None else None

        async def make(tx: Tx) -> Made:
            return _made(await meet(tx, actor=actor, order=order, now=now), actor)

        return await created(request, db, actor.account_id, make, one_statement=True, quickly=quickly)

    async with suggesting(db, now=now):
        return await surely(request, book)


@post("/meetings/any", operation_id="createMeetingWithAnyMentor", **WRITE)
async def create_meeting_with_any(visit: NamedDependency[Visit], data: JSONBody[AnyMentor]) -> Response[Meeting]:
    """Book whichever mentor for the topic is free first, at their earliest time."""
    wish = TopicWish(
        topic=data.topic,
        minutes=data.minutes,
        language=data.language,
        gmina_id=data.gmina_id,
        incubator_id=data.incubator_id,
        online=data.online,
    )
    # Whom and when is found out; all else is as asked.
    order = MeetingOrder(
        mentor_id=visit.actor.account_id,
        period=period_of(visit.now, visit.now.replace(year=visit.now.year + 1, day=1)),
        mode="online",
        any_room=data.any_room,
        people=data.people,
        organisation_id=data.organisation_id,
        question=data.question,
    )

    async def make(tx: Tx) -> Made:
        return _made(await any_mentor(tx, actor=visit.actor, wish=wish, order=order, now=visit.now), visit.actor)

    return await created(visit.request, visit.db, visit.actor.account_id, make, one_statement=True)


def _made(view: MeetingView, actor: Actor) -> Made:
    return meeting_json(view, actor), f"/api/meetings/{view.id}"


@get("/meetings", operation_id="listMeetings", **READ)
async def list_meetings(
    visit: NamedDependency[Visit],
    when: Annotated[Literal["coming", "past"], QueryParameter()] = "coming",
    after: Cursor = None,
    limit: Annotated[int, QueryParameter(ge=1, le=100)] = 50,
) -> Meetings:
    """One's own meetings, those of one's organisations, and those that one gives as a mentor."""
    seen = read_cursor(after, Moment)
    async with statement(visit.db) as tx:
        found = await meetings_of(tx, actor=visit.actor, when=when, now=visit.now, after=seen, limit=limit + 1)
    items = [meeting_json(view, visit.actor) for view in found[:limit]]
    return Meetings(items, write_cursor(items[-1].start, items[-1].id) if len(found) > limit else None)


@get("/meetings/{meeting_id:uuid}", operation_id="getMeeting", **READ)
async def get_meeting(visit: NamedDependency[Visit], meeting_id: FromPath[UUID]) -> Response[Meeting]:
    """One meeting, with its ETag."""
    async with statement(visit.db) as tx:
        view = await meeting_for(tx, actor=visit.actor, meeting_id=meeting_id)
    return tagged(meeting_json(view, visit.actor), view.sequence)


@get("/meetings/{meeting_id:uuid}/history", operation_id="getMeetingHistory", **READ)
async def get_meeting_history(visit: NamedDependency[Visit], meeting_id: FromPath[UUID]) -> list[MeetingDeed]:
    """Who did what and when, oldest first."""
    async with statement(visit.db) as tx:
        deeds = await history_for(tx, actor=visit.actor, meeting_id=meeting_id)
    return [msgspec.convert(deed, MeetingDeed) for deed in deeds]


handlers: list[ControllerRouterHandler] = [
    create_meeting,
    create_meeting_with_any,
    list_meetings,
    get_meeting,
    get_meeting_history,
]
