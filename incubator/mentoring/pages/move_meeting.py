"""Another time for a meeting: the mentor's week, each time a button."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from incubator.db.engine import Tx, attempt, statement
from incubator.kernel.errors import N_, Refusal
from incubator.kernel.period import WARSAW, Period
from incubator.mentoring.move_meeting import move_meeting
from incubator.mentoring.offered import Seeker
from incubator.mentoring.pages.meet import NoMeetingTime
from incubator.mentoring.pages.offers import offers_of
from incubator.mentoring.pages.week_strip import read_day, read_start, week_of
from incubator.mentoring.queries import meeting_for
from incubator.mentoring.states import State
from incubator.mentoring.to_meet import mentor_to_meet
from incubator.mentoring.views import MeetingView
from incubator.people.forms import typed_in
from incubator.people.guards import signed_in
from incubator.people.visit import Visit
from incubator.web.flash import see_other
from incubator.web.pages import page
from incubator.web.problems import said, status_of

CALLED_OFF = N_("This meeting was called off, and can no longer be moved.")
SETTLED = N_("The time of this meeting can no longer be changed.")


@get("/meetings/{meeting_id:uuid}/move", guards=[signed_in])
async def show_move(visit: NamedDependency[Visit], meeting_id: FromPath[UUID]) -> Response[Any]:
    """Free times of the week of the meeting; `?date=` of another one. One that cannot be moved says why on its
    own page."""
    return await _shown(visit, meeting_id)


@post("/meetings/{meeting_id:uuid}/move", guards=[signed_in], status_code=303)
async def do_move(visit: NamedDependency[Visit], meeting_id: FromPath[UUID]) -> Response[Any]:
    typed = await typed_in(visit.request)
    start = read_start(typed.one("start"))

    async def act(tx: Tx) -> MeetingView:
        if start is None:
            raise NoMeetingTime()
        meeting = await meeting_for(tx, actor=visit.actor, meeting_id=meeting_id, lock=True)
        period = Period(start, start + meeting.period.length)
        return await move_meeting(tx, actor=visit.actor, meeting_id=meeting_id, period=period, now=visit.now)

    try:
        await attempt(visit.db, act)
    except Refusal as refusal:
        return await _shown(visit, meeting_id, refusal)
    return see_other(visit.request, f"/meetings/{meeting_id}", N_("The meeting is moved."))


async def _shown(visit: Visit, meeting_id: UUID, refusal: Refusal | None = None) -> Response[Any]:
    request, now = visit.request, visit.now
    async with statement(visit.db) as tx:
        meeting = await meeting_for(tx, actor=visit.actor, meeting_id=meeting_id)
        if "move" not in offers_of(visit.actor, meeting, now=now):
            return see_other(request, f"/meetings/{meeting_id}", _why_not(meeting), tone="wait")
        mentor = await mentor_to_meet(tx, mentor_id=meeting.mentor_id)
        programmes = frozenset({meeting.programme_id} if meeting.programme_id else ())
        seeker = Seeker(for_organisation=meeting.organisation_id is not None, programmes=programmes)
        today = now.astimezone(WARSAW).date()
        usual = max(meeting.period.start.astimezone(WARSAW).date(), today)
        day = max(read_day(request.query_params.get("date", ""), usual), today)
        week = await week_of(
            tx, mentor=mentor, day=day, minutes=meeting.period.minutes, seeker=seeker, now=now, like=meeting
        )
    return page(
        request,
        "mentoring/move.html",
        status=status_of(refusal) if refusal else 200,
        meeting=meeting,
        mentor=mentor,
        week=week,
        problem=said(request, refusal) if refusal else "",
    )


def _why_not(meeting: MeetingView) -> str:
    return CALLED_OFF if meeting.state == State.CANCELLED else SETTLED


handlers = [show_move, do_move]
