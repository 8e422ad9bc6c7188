"""A mentor is away, and comes back."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx, statement
from incubator.mentoring.absences import absences_of
from incubator.mentoring.be_away import be_away, mentor_of_asker
from incubator.mentoring.come_back import come_back
from incubator.mentoring.to_meet import mentor_by_slug
from incubator.people.guards import scope, signed_in
from incubator.people.visit import Found, Visit
from incubator.web.bodies import Body, Moment, OptionalLine
from incubator.web.periods import period_of
from incubator.web.problems import problems

GUARDED: dict[str, Any] = {
    "guards": [signed_in, scope("mentoring:write")],
    "responses": problems(401, 403, 404, 409, 422),
}


class NewAbsence(Body, frozen=True):
    """Away from `start` to `end`. `meetings`: `ask` refuses where meetings are in the way and names them, `settle`
    hands them over to the stand-in where they are free, and calls off the others."""

    start: Moment
    end: Moment
    stand_in_id: UUID | None = None
    reason: OptionalLine = ""
    meetings: Literal["ask", "settle"] = "ask"


class Absence(msgspec.Struct, frozen=True, kw_only=True):
    """A time in which a mentor cannot be met, and who stands in."""

    id: UUID
    start: datetime
    end: datetime
    stand_in_id: UUID | None


class NewlyAway(msgspec.Struct, frozen=True, kw_only=True):
    """The absence, and what became of meetings in the way."""

    id: UUID
    start: datetime
    end: datetime
    stand_in_id: UUID | None
    handed_over: int
    called_off: int


@post("/mentors/{slug:str}/absences", operation_id="createMentorAbsence", **GUARDED)
async def create_absence(
    visit: NamedDependency[Visit], slug: FromPath[str], data: JSONBody[NewAbsence]
) -> Response[NewlyAway]:
    """Note an absence: by the mentor, or a coordinator of their gmina. 409 `meetings_in_the_way` names the meetings."""
    away = await visit.do(
        be_away,
        mentor_id=Found(_mentor, slug),
        period=period_of(data.start, data.end),
        stand_in_id=data.stand_in_id,
        reason=data.reason,
        meetings=data.meetings,
    )
    made = NewlyAway(
        id=away.id,
        start=away.period.start,
        end=away.period.end,
        stand_in_id=away.stand_in_id,
        handed_over=away.handed_over,
        called_off=away.called_off,
    )
    return Response(made, status_code=201, headers={"Location": f"/api/mentors/{slug}/absences"})


async def _mentor(tx: Tx, slug: str) -> UUID:
    return (await mentor_by_slug(tx, slug=slug)).id


@get(
    "/mentors/{slug:str}/absences",
    operation_id="listMentorAbsences",
    guards=[signed_in, scope("mentoring:read")],
    responses=problems(401, 403, 404),
)
async def list_absences(visit: NamedDependency[Visit], slug: FromPath[str]) -> list[Absence]:
    """Absences of today and to come, to the mentor and the coordinators of their gmina."""
    async with statement(visit.db) as tx:
        mentor = await mentor_by_slug(tx, slug=slug)
        await mentor_of_asker(tx, actor=visit.actor, mentor_id=mentor.id)
        found = await absences_of(tx, mentor_id=mentor.id, after=visit.now)
    return [
        Absence(id=one.id, start=one.period.start, end=one.period.end, stand_in_id=one.stand_in_id) for one in found
    ]


@delete("/mentor-absences/{absence_id:uuid}", operation_id="deleteMentorAbsence", **GUARDED)
async def delete_absence(visit: NamedDependency[Visit], absence_id: FromPath[UUID]) -> None:
    """Come back: the time can be booked again. What was handed over or called off stays so."""
    await visit.do(come_back, absence_id=absence_id)


handlers: list[ControllerRouterHandler] = [create_absence, list_absences, delete_absence]
