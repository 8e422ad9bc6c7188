"""Read what is on; announce, describe, move, publish and call off."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, statement
from incubator.exchanges.announce import announce
from incubator.exchanges.api.shapes import (
    DESK,
    OPEN,
    NewSession,
    QuestionList,
    Seats,
    Sessions,
    SessionStep,
    SpeakerList,
    StallList,
    Whereabouts,
    reader_of,
)
from incubator.exchanges.call_off import call_off
from incubator.exchanges.describe_session import describe_session
from incubator.exchanges.details import SessionDetails
from incubator.exchanges.in_full import session_in_full
from incubator.exchanges.listing import Wanted, sessions_on
from incubator.exchanges.move_session import move_session
from incubator.exchanges.publish import publish
from incubator.exchanges.set_capacity import set_capacity
from incubator.exchanges.set_questions import set_questions
from incubator.exchanges.set_speakers import set_speakers
from incubator.exchanges.set_stalls import set_stalls
from incubator.exchanges.views import SessionInFull, SessionView
from incubator.people.change import Change
from incubator.people.visit import Found, Visit
from incubator.places.reach import gmina_key
from incubator.web.cursors import Cursor, read_cursor, write_cursor
from incubator.web.etags import tagged
from incubator.web.periods import NaiveTime, OutOfReach

Ask = Request[Any, Any, Any]
Limit = Annotated[int, QueryParameter(ge=1, le=100)]
Word = Annotated[str, QueryParameter(max_length=80, pattern=r"^[^\x00]*$")]
Since = Annotated[datetime | None, QueryParameter(description="Sessions that end after it; without it, after now.")]
Until = Annotated[datetime | None, QueryParameter(description="Sessions that start before it.")]


@get("/sessions", operation_id="listSessions", **OPEN)
async def list_sessions(
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
    gmina: Word = "",
    kind: Word = "",
    topic: Word = "",
    language: Word = "",
    since: Since = None,
    until: Until = None,
    after: Cursor = None,
    limit: Limit = 50,
) -> Sessions:
    """Published sessions in time; narrowed by gmina (its slug), kind, topic, language and time."""
    wanted = Wanted(
        gmina=gmina, kind=kind, topic=topic, language=language, since=_aware(since) or now, until=_aware(until)
    )
    async with statement(db) as tx:
        found = await sessions_on(tx, wanted=wanted, after=read_cursor(after, datetime), limit=limit + 1)
    more = len(found) > limit
    return Sessions(
        items=found[:limit], next=write_cursor(found[limit - 1].start, found[limit - 1].id) if more else None
    )


@get("/sessions/{session_id:uuid}", operation_id="getSession", **OPEN)
async def get_session(
    request: Ask, session_id: FromPath[UUID], db: NamedDependency[Database]
) -> Response[SessionInFull]:
    """A session with speakers, questions, stalls, materials and answers; with its ETag."""
    async with statement(db) as tx:
        view = await session_in_full(tx, reader=reader_of(request), session_id=session_id)
    return tagged(view, view.session.version)


@post("/sessions", operation_id="announceSession", **DESK)
async def post_session(visit: NamedDependency[Visit], data: JSONBody[NewSession]) -> Response[SessionView]:
    """Announce a session: a draft at first, which only those who run it see; a room of ours is booked for it."""

    told = {"details": data.details, "when": data.when, "where": data.where, "capacity": data.capacity}
    gmina = Found(gmina_key, data.gmina) if data.gmina is not None else None
    return await visit.create(announce, lambda made: f"/api/sessions/{made.id}", gmina_id=gmina, **told)


@put("/sessions/{session_id:uuid}/details", operation_id="describeSession", **DESK)
async def put_details(
    change: NamedDependency[Change],
    session_id: FromPath[UUID],
    data: JSONBody[SessionDetails],
) -> Response[SessionView]:
    """What it is, all of it anew."""
    return await change(describe_session, session_id=session_id, details=data)


@put("/sessions/{session_id:uuid}/whereabouts", operation_id="moveSession", **DESK)
async def put_whereabouts(
    change: NamedDependency[Change], session_id: FromPath[UUID], data: JSONBody[Whereabouts]
) -> Response[SessionView]:
    """Move it, alone or with those that follow it in its series. Its room goes with it, and the registered are told."""
    said = {"when": data.when, "where": data.where, "reach": data.reach}
    return await change(move_session, session_id=session_id, **said)


@put("/sessions/{session_id:uuid}/state", operation_id="stepSession", **DESK)
async def put_state(
    change: NamedDependency[Change], session_id: FromPath[UUID], data: JSONBody[SessionStep]
) -> Response[SessionView]:
    """Publish it, or call it off: its room is free again, and the registered are told."""
    if data.state == "published":
        return await change(publish, session_id=session_id, reach=data.reach)
    return await change(call_off, session_id=session_id, reason=data.reason, reach=data.reach)


@put("/sessions/{session_id:uuid}/capacity", operation_id="setSessionCapacity", **DESK)
async def put_capacity(
    change: NamedDependency[Change], session_id: FromPath[UUID], data: JSONBody[Seats]
) -> Response[SessionView]:
    """How many may come; never fewer than have a seat."""
    return await change(set_capacity, session_id=session_id, capacity=data.capacity)


@put("/sessions/{session_id:uuid}/speakers", operation_id="setSessionSpeakers", **DESK)
async def put_speakers(
    change: NamedDependency[Change], session_id: FromPath[UUID], data: JSONBody[SpeakerList]
) -> Response[SessionInFull]:
    """Who speaks, all of them anew."""
    return await change(set_speakers, session_id=session_id, speakers=data.speakers)


@put("/sessions/{session_id:uuid}/questions", operation_id="setSessionQuestions", **DESK)
async def put_questions(
    change: NamedDependency[Change], session_id: FromPath[UUID], data: JSONBody[QuestionList]
) -> Response[SessionInFull]:
    """What is asked of each who registers, all of it anew, until somebody has answered."""
    return await change(set_questions, session_id=session_id, questions=data.questions)


@put("/sessions/{session_id:uuid}/stalls", operation_id="setSessionStalls", **DESK)
async def put_stalls(
    change: NamedDependency[Change], session_id: FromPath[UUID], data: JSONBody[StallList]
) -> Response[SessionInFull]:
    """The numbered stalls of a market day; one that somebody has stays."""
    return await change(set_stalls, session_id=session_id, stalls=data.stalls)


def _aware(moment: datetime | None) -> datetime | None:
    """Raises NaiveTime, OutOfReach."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise NaiveTime()
    if not 2000 <= moment.year < 2199:
        raise OutOfReach()
    return moment


handlers: list[ControllerRouterHandler] = [
    list_sessions,
    get_session,
    post_session,
    put_details,
    put_whereabouts,
    put_state,
    put_capacity,
    put_speakers,
    put_questions,
    put_stalls,
]
