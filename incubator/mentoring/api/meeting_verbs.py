"""What can be done to a meeting: each address is one verb, each verb one transaction."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
from incubator.mentoring.api.shapes_meetings import (
    Meeting,
    MeetingReason,
    MeetingRecord,
    MeetingTime,
    Note,
    Settlement,
    meeting_json,
)
from incubator.mentoring.api.suggesting import suggesting
from incubator.mentoring.cancel_meeting import cancel_meeting
from incubator.mentoring.confirm_record import confirm_record
from incubator.mentoring.move_meeting import move_meeting
from incubator.mentoring.queries import meeting_for, note_of
from incubator.mentoring.report_missed import report_missed
from incubator.mentoring.settle_record import settle_record
from incubator.mentoring.states import State
from incubator.mentoring.take_down import take_down
from incubator.mentoring.views import MeetingView
from incubator.mentoring.write_note import write_note
from incubator.people.change import Change
from incubator.people.forms import Verb
from incubator.people.guards import coordinator, scope, signed_in
from incubator.people.visit import Visit
from incubator.web.etags import IfMatch, seen_version, tagged
from incubator.web.periods import period_of
from incubator.web.problems import problems

VERB: dict[str, Any] = {
    "guards": [signed_in, scope("mentoring:write")],
    "responses": problems(401, 403, 404, 409, 412, 422),
    "status_code": 200,
}
DESK: dict[str, Any] = {**VERB, "guards": [coordinator, scope("mentoring:write")]}


class OwnNote(msgspec.Struct, frozen=True):
    """What one wrote for oneself."""

    text: str


@post("/meetings/{meeting_id:uuid}/cancel", operation_id="cancelMeeting", **VERB)
async def cancel(
    visit: NamedDependency[Visit], meeting_id: FromPath[UUID], data: JSONBody[MeetingReason]
) -> Response[Meeting]:
    """Call it off: the startup in time, the mentor and a coordinator with a reason. The room goes with it."""
    return await _done(visit, cancel_meeting, meeting_id=meeting_id, reason=data.reason)


@post("/meetings/{meeting_id:uuid}/move", operation_id="moveMeeting", **VERB)
async def move(
    visit: NamedDependency[Visit], meeting_id: FromPath[UUID], data: JSONBody[MeetingTime]
) -> Response[Meeting]:
    """Another time with the same mentor, with a room again where there was one."""
    period = period_of(data.start, data.end)
    async with suggesting(visit.db, now=visit.now):
        return await _done(visit, move_meeting, meeting_id=meeting_id, period=period)


@post("/meetings/{meeting_id:uuid}/record", operation_id="recordMeeting", **VERB)
async def record(
    visit: NamedDependency[Visit], meeting_id: FromPath[UUID], data: JSONBody[MeetingRecord], if_match: IfMatch = None
) -> Response[Meeting]:
    """Write down how long it took and what came of it. What the other side had confirmed before, it has not now."""
    return await _done(
        visit,
        take_down,
        meeting_id=meeting_id,
        minutes=data.minutes,
        outcome=data.outcome,
        confirming=data.confirm,
        seen=seen_version(if_match) if if_match else None,
    )


@post("/meetings/{meeting_id:uuid}/confirm", operation_id="confirmMeetingRecord", **VERB)
async def confirm(change: NamedDependency[Change], meeting_id: FromPath[UUID]) -> Response[Meeting]:
    """Say yes to the record that was read (`If-Match`). When both sides have, it is closed for good."""
    return await _done(change.visit, confirm_record, meeting_id=meeting_id, seen=change.seen)


@post("/meetings/{meeting_id:uuid}/missed", operation_id="reportMissedMeeting", **VERB)
async def missed(visit: NamedDependency[Visit], meeting_id: FromPath[UUID]) -> Response[Meeting]:
    """Say that the other side did not come, from 15 minutes after the start."""
    return await _done(visit, report_missed, meeting_id=meeting_id)


@post("/meetings/{meeting_id:uuid}/settle", operation_id="settleMeetingRecord", **DESK)
async def settle(
    visit: NamedDependency[Visit], meeting_id: FromPath[UUID], data: JSONBody[Settlement]
) -> Response[Meeting]:
    """Close a record that the two sides do not agree on, with a reason."""
    return await _done(
        visit,
        settle_record,
        meeting_id=meeting_id,
        state=State(data.state),
        minutes=data.minutes,
        reason=data.reason,
    )


@get(
    "/meetings/{meeting_id:uuid}/note",
    operation_id="getMeetingNote",
    guards=[signed_in, scope("mentoring:read")],
    responses=problems(401, 403, 404),
)
async def get_note(visit: NamedDependency[Visit], meeting_id: FromPath[UUID]) -> OwnNote:
    """One's own note; nobody else's can be read."""
    async with statement(visit.db) as tx:
        await meeting_for(tx, actor=visit.actor, meeting_id=meeting_id)
        return OwnNote(await note_of(tx, actor=visit.actor, meeting_id=meeting_id))


@put("/meetings/{meeting_id:uuid}/note", operation_id="setMeetingNote", **{**VERB, "status_code": 204})
async def set_note(visit: NamedDependency[Visit], meeting_id: FromPath[UUID], data: JSONBody[Note]) -> None:
    """Write a note for oneself alone; an empty one is gone."""
    await visit.do(write_note, meeting_id=meeting_id, text=data.text)


async def _done(visit: Visit, verb: Verb[MeetingView], **told: Any) -> Response[Meeting]:
    """The meeting after the verb, with its new ETag."""
    view = await visit.do(verb, **told)
    return tagged(meeting_json(view, visit.actor), view.sequence)


handlers: list[ControllerRouterHandler] = [
    cancel,
    move,
    record,
    confirm,
    missed,
    settle,
    get_note,
    set_note,
]
