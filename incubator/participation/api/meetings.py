"""Milestones, meetings of an edition and their lists."""

from uuid import UUID

from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
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
from incubator.people.visit import Visit
from incubator.programmes.queries import edition_to_run


class EditionMilestoneMade(View, frozen=True):
    """The milestone that everybody of the edition has from now on."""

    id: UUID


@post("/editions/{edition_id:uuid}/milestones", operation_id="addEditionMilestone", **DESK_MAKES)
async def post_edition_milestone(
    visit: NamedDependency[Visit], edition_id: FromPath[UUID], data: JSONBody[NewMilestone]
) -> Response[EditionMilestoneMade]:
    """A milestone for everybody who takes part in the edition, now or from later on."""
    return await visit.create(
        add_edition_milestone,
        f"/api/editions/{edition_id}/participations",
        lambda key: EditionMilestoneMade(id=key),
        edition_id=edition_id,
        milestone=data,
    )


@post("/participations/{participation_id:uuid}/milestones", operation_id="addMilestone", **DESK_MAKES)
async def post_milestone(
    visit: NamedDependency[Visit], participation_id: FromPath[UUID], data: JSONBody[NewMilestone]
) -> Response[MilestoneView]:
    """One more milestone for one participant."""
    return await visit.create(
        add_milestone, f"/api/participations/{participation_id}", participation_id=participation_id, milestone=data
    )


@post("/milestones/{milestone_id:uuid}/hand-in", operation_id="handInMilestone", **OWN)
async def post_hand_in(
    visit: NamedDependency[Visit], milestone_id: FromPath[UUID], data: JSONBody[Evidence]
) -> MilestoneView:
    """Hand in a milestone of one's own: what was reached, and where it can be seen."""
    return await visit.do(hand_in, milestone_id=milestone_id, evidence=data)


@post("/milestones/{milestone_id:uuid}/accept", operation_id="acceptMilestone", **DESK)
async def post_accept(
    visit: NamedDependency[Visit], milestone_id: FromPath[UUID], data: JSONBody[Remark]
) -> MilestoneView:
    """Accept what was handed in."""
    return await visit.do(accept_milestone, milestone_id=milestone_id, remark=data.note)


@post("/milestones/{milestone_id:uuid}/return", operation_id="returnMilestone", **DESK)
async def post_return(
    visit: NamedDependency[Visit], milestone_id: FromPath[UUID], data: JSONBody[Remark]
) -> MilestoneView:
    """Give back what was handed in, with a note on what is missing."""
    return await visit.do(return_milestone, milestone_id=milestone_id, remark=data.note)


@get("/editions/{edition_id:uuid}/programme-meetings", operation_id="listProgrammeMeetings", **DESK_READ)
async def list_meetings(visit: NamedDependency[Visit], edition_id: FromPath[UUID]) -> Meetings:
    """Meetings of an edition, in time, for who runs it."""
    async with statement(visit.db) as tx:
        await edition_to_run(tx, actor=visit.actor, edition_id=edition_id)
        return Meetings(items=await programme_meetings_of(tx, edition_id=edition_id))


@post("/editions/{edition_id:uuid}/programme-meetings", operation_id="planProgrammeMeeting", **DESK_MAKES)
async def post_meeting(
    visit: NamedDependency[Visit], edition_id: FromPath[UUID], data: JSONBody[MeetingDetails]
) -> Response[ProgrammeMeetingView]:
    """Plan a workshop, a check-up, a demo day; with `space_id` in a room that is booked for it."""
    return await visit.create(
        plan_meeting, lambda made: f"/api/programme-meetings/{made.id}/attendance", edition_id=edition_id, details=data
    )


@put("/programme-meetings/{meeting_id:uuid}", operation_id="moveProgrammeMeeting", **DESK)
async def put_meeting(
    visit: NamedDependency[Visit], meeting_id: FromPath[UUID], data: JSONBody[MeetingDetails]
) -> ProgrammeMeetingView:
    """Its name, time and place anew. Without `space_id` it keeps its room; with null the room is given back."""
    return await visit.do(move_meeting, meeting_id=meeting_id, details=data)


@post("/programme-meetings/{meeting_id:uuid}/call-off", operation_id="callOffProgrammeMeeting", **DESK)
async def post_call_off(visit: NamedDependency[Visit], meeting_id: FromPath[UUID]) -> ProgrammeMeetingView:
    """Call it off: it will not take place, and does not count."""
    return await visit.do(call_off_meeting, meeting_id=meeting_id)


@get("/programme-meetings/{meeting_id:uuid}/attendance", operation_id="getAttendance", **DESK_READ)
async def get_attendance(visit: NamedDependency[Visit], meeting_id: FromPath[UUID]) -> Attendance:
    """Everybody who could be on the list, with the minutes that are noted."""
    async with statement(visit.db) as tx:
        meeting = await programme_meeting_to_run(tx, actor=visit.actor, meeting_id=meeting_id)
        return Attendance(items=await everybody(tx, meeting=meeting))


@put("/programme-meetings/{meeting_id:uuid}/attendance", operation_id="recordAttendance", **DESK)
async def put_attendance(
    visit: NamedDependency[Visit], meeting_id: FromPath[UUID], data: JSONBody[AttendanceList]
) -> Attendance:
    """Note minutes of many at once. Who is not on the list stays as noted before; what was noted otherwise is
    corrected, and the history keeps both."""
    return Attendance(items=await visit.do(record_attendance, meeting_id=meeting_id, attendance=data))


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
