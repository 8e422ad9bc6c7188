"""Milestones, meetings of an edition and their lists."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, attempt, statement
from incubator.participation.add_milestone import NewMilestone, add_edition_milestone, add_milestone
from incubator.participation.api.shapes import (
    DESK,
    DESK_MAKES,
    DESK_READ,
    OWN,
    Attendance,
    Meetings,
    Remark,
)
from incubator.participation.hand_in import Evidence, hand_in
from incubator.participation.plan_meeting import MeetingDetails, call_off_meeting, move_meeting, plan_meeting
from incubator.participation.queries import programme_meeting_to_run, programme_meetings_of
from incubator.participation.record_attendance import AttendanceList, everybody, record_attendance
from incubator.participation.review_milestone import accept_milestone, return_milestone
from incubator.participation.views import MilestoneView, ProgrammeMeetingView, View
from incubator.people.actor import Actor
from incubator.programmes.queries import edition_to_run
from incubator.web.idempotency import Made, created

Ask = Request[Any, Any, Any]
Data = NamedDependency[Database]
Who = NamedDependency[Actor]
Now = NamedDependency[datetime]


class EditionMilestoneMade(View, frozen=True):
    """The milestone that everybody of the edition has from now on."""

    id: UUID


@post("/editions/{edition_id:uuid}/milestones", operation_id="addEditionMilestone", **DESK_MAKES)
async def post_edition_milestone(
    request: Ask, edition_id: FromPath[UUID], data: JSONBody[NewMilestone], db: Data, actor: Who, now: Now
) -> Response[EditionMilestoneMade]:
    """A milestone for everybody who takes part in the edition, now or from later on."""

    async def make(tx: Tx) -> Made:
        key = await add_edition_milestone(tx, actor=actor, edition_id=edition_id, milestone=data, now=now)
        return EditionMilestoneMade(id=key), f"/api/editions/{edition_id}/participations"

    return await created(request, db, actor.account_id, make)


@post("/participations/{participation_id:uuid}/milestones", operation_id="addMilestone", **DESK_MAKES)
async def post_milestone(
    request: Ask, participation_id: FromPath[UUID], data: JSONBody[NewMilestone], db: Data, actor: Who, now: Now
) -> Response[MilestoneView]:
    """One more milestone for one participant."""

    async def make(tx: Tx) -> Made:
        made = await add_milestone(tx, actor=actor, participation_id=participation_id, milestone=data, now=now)
        return made, f"/api/participations/{participation_id}"

    return await created(request, db, actor.account_id, make)


@post("/milestones/{milestone_id:uuid}/hand-in", operation_id="handInMilestone", **OWN)
async def post_hand_in(
    milestone_id: FromPath[UUID], data: JSONBody[Evidence], db: Data, actor: Who, now: Now
) -> MilestoneView:
    """Hand in a milestone of one's own: what was reached, and where it can be seen."""
    return await attempt(db, lambda tx: hand_in(tx, actor=actor, milestone_id=milestone_id, evidence=data, now=now))


@post("/milestones/{milestone_id:uuid}/accept", operation_id="acceptMilestone", **DESK)
async def post_accept(
    milestone_id: FromPath[UUID], data: JSONBody[Remark], db: Data, actor: Who, now: Now
) -> MilestoneView:
    """Accept what was handed in."""
    on: dict[str, Any] = {"actor": actor, "milestone_id": milestone_id, "remark": data.note, "now": now}
    return await attempt(db, lambda tx: accept_milestone(tx, **on))


@post("/milestones/{milestone_id:uuid}/return", operation_id="returnMilestone", **DESK)
async def post_return(
    milestone_id: FromPath[UUID], data: JSONBody[Remark], db: Data, actor: Who, now: Now
) -> MilestoneView:
    """Give back what was handed in, with a note on what is missing."""
    on: dict[str, Any] = {"actor": actor, "milestone_id": milestone_id, "remark": data.note, "now": now}
    return await attempt(db, lambda tx: return_milestone(tx, **on))


@get("/editions/{edition_id:uuid}/programme-meetings", operation_id="listProgrammeMeetings", **DESK_READ)
async def list_meetings(edition_id: FromPath[UUID], db: Data, actor: Who) -> Meetings:
    """Meetings of an edition, in time, for who runs it."""
    async with statement(db) as tx:
        await edition_to_run(tx, actor=actor, edition_id=edition_id)
        return Meetings(items=await programme_meetings_of(tx, edition_id=edition_id))


@post("/editions/{edition_id:uuid}/programme-meetings", operation_id="planProgrammeMeeting", **DESK_MAKES)
async def post_meeting(
    request: Ask, edition_id: FromPath[UUID], data: JSONBody[MeetingDetails], db: Data, actor: Who, now: Now
) -> Response[ProgrammeMeetingView]:
    """Plan a workshop, a check-up, a demo day; with `space_id` in a room that is booked for it."""

    async def make(tx: Tx) -> Made:
        made = await plan_meeting(tx, actor=actor, edition_id=edition_id, details=data, now=now)
        return made, f"/api/programme-meetings/{made.id}/attendance"

    return await created(request, db, actor.account_id, make)


@put("/programme-meetings/{meeting_id:uuid}", operation_id="moveProgrammeMeeting", **DESK)
async def put_meeting(
    meeting_id: FromPath[UUID], data: JSONBody[MeetingDetails], db: Data, actor: Who, now: Now
) -> ProgrammeMeetingView:
    """Its name, time and place anew. Without `space_id` it keeps its room; with null the room is given back."""
    return await attempt(db, lambda tx: move_meeting(tx, actor=actor, meeting_id=meeting_id, details=data, now=now))


@post("/programme-meetings/{meeting_id:uuid}/call-off", operation_id="callOffProgrammeMeeting", **DESK)
async def post_call_off(meeting_id: FromPath[UUID], db: Data, actor: Who, now: Now) -> ProgrammeMeetingView:
    """Call it off: it will not take place, and does not count."""
    return await attempt(db, lambda tx: call_off_meeting(tx, actor=actor, meeting_id=meeting_id, now=now))


@get("/programme-meetings/{meeting_id:uuid}/attendance", operation_id="getAttendance", **DESK_READ)
async def get_attendance(meeting_id: FromPath[UUID], db: Data, actor: Who) -> Attendance:
    """Everybody who could be on the list, with the minutes that are noted."""
    async with statement(db) as tx:
        meeting = await programme_meeting_to_run(tx, actor=actor, meeting_id=meeting_id)
        return Attendance(items=await everybody(tx, meeting=meeting))


@put("/programme-meetings/{meeting_id:uuid}/attendance", operation_id="recordAttendance", **DESK)
async def put_attendance(
    meeting_id: FromPath[UUID], data: JSONBody[AttendanceList], db: Data, actor: Who, now: Now
) -> Attendance:
    """Note minutes of many at once. Who is not on the list stays as noted before; what was noted otherwise is
    corrected, and the history keeps both."""
    on: dict[str, Any] = {"actor": actor, "meeting_id": meeting_id, "attendance": data, "now": now}
    return Attendance(items=await attempt(db, lambda tx: record_attendance(tx, **on)))


handlers: list[ControllerRouterHandler] = [
    post_edition_milestone,
    post_milestone,
    post_hand_in,
    post_accept,
    post_return,
    list_meetings,
    post_meeting,
    put_meeting,
    post_call_off,
    get_attendance,
    put_attendance,
]
