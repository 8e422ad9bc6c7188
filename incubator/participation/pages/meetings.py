"""The desk: meetings of an edition, and the list of one."""

import re
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler
from msgspec import UNSET, Meta

from incubator.db.engine import Database, Tx, statement
from incubator.kernel.errors import N_, Refusal, Stale
from incubator.kernel.period import local_moment
from incubator.participation.pages.labels import labels_in
from incubator.participation.plan_meeting import (
    MeetingDetails,
    MeetingTimes,
    call_off_meeting,
    move_meeting,
    plan_meeting,
)
from incubator.participation.queries import programme_meeting_to_run, programme_meetings_of
from incubator.participation.record_attendance import AttendanceList, Present, everybody, record_attendance
from incubator.participation.room import rooms_of
from incubator.people.actor import Actor
from incubator.people.forms import Ask, Asked, CheckField, Deed, Typed, carried_out, problem_of, typed_in
from incubator.people.guards import office_or_coordinator
from incubator.programmes.queries import edition_to_run
from incubator.web.bodies import Body, Line, OptionalLine
from incubator.web.i18n import texts_of
from incubator.web.pages import page

Data = NamedDependency[Database]
Who = NamedDependency[Actor]
Now = NamedDependency[datetime]
Clock = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$(?!\n)")]


class MeetingForm(Body, frozen=True, kw_only=True):
    """A meeting as it is typed: within a day, on the clock in Warsaw."""

    name_pl: Line
    name_en: OptionalLine = ""
    day: date
    starts: Clock
    ends: Clock
    place: OptionalLine = ""
    space_id: UUID | None = None
    """None: the meeting is to have no room. Where the form has no such field, it keeps what it has."""


def _details(typed: Typed) -> MeetingDetails:
    said = typed.shaped(MeetingForm)
    if not 2000 <= said.day.year < 2199:
        raise MeetingTimes()
    start, end = (local_moment(said.day, int(at[:2]) * 60 + int(at[3:])) for at in (said.starts, said.ends))
    return MeetingDetails(
        name_pl=said.name_pl,
        name_en=said.name_en,
        start=start,
        end=end,
        place=said.place,
        space_id=said.space_id if "space_id" in typed.fields else UNSET,
        required=bool(typed.one("required")),
    )


def _present(asked: Asked, everyone: list[Any]) -> list[Present]:
    """The lines that were filled in anew; their fields are named by participant and person. How the others are known
    stays as it was, unless `noted_too`."""
    given = []
    whole = str(asked.place.period.minutes) if asked.typed.one("all_present") else ""
    for one in everyone:
        typed = asked.typed.one(f"m_{one.participation_id}_{one.account_id or ''}") or whole
        if not typed:
            continue
        if not re.fullmatch(r"[0-9]{1,4}", typed):
            raise CheckField("minutes")
        if int(typed) == one.minutes and not asked.typed.one("noted_too"):
            continue
        given.append(Present(participation_id=one.participation_id, account_id=one.account_id, minutes=int(typed)))
    if not given:
        raise CheckField("minutes")
    return given


async def _record(asked: Asked) -> None:
    everyone = await everybody(asked.tx, meeting=asked.place)
    present = _present(asked, everyone)
    try:
        told = msgspec.convert({"evidence": asked.typed.one("how"), "present": present}, AttendanceList)
    except msgspec.ValidationError:
        raise CheckField("how") from None
    on: dict[str, Any] = {
        "actor": asked.actor,
        "meeting_id": asked.place.id,
        "seen": asked.typed.seen,
        "now": asked.now,
    }
    await record_attendance(asked.tx, attendance=told, **on)


async def _plan(asked: Asked) -> None:
    details = _details(asked.typed)
    await plan_meeting(asked.tx, actor=asked.actor, edition_id=asked.place.id, details=details, now=asked.now)


async def _move(asked: Asked) -> None:
    details = _details(asked.typed)
    on: dict[str, Any] = {"actor": asked.actor, "meeting_id": asked.place.id, "seen": asked.typed.seen}
    await move_meeting(asked.tx, details=details, now=asked.now, **on)


async def _call_off(asked: Asked) -> None:
    seen = asked.typed.seen
    await call_off_meeting(asked.tx, actor=asked.actor, meeting_id=asked.place.id, seen=seen, now=asked.now)


MEETINGS: dict[str, Deed] = {"meeting": (_plan, N_("The meeting is planned."))}
MEETING: dict[str, Deed] = {
    "attendance": (_record, N_("The attendance is noted.")),
    "meeting": (_move, N_("The meeting is changed.")),
    "call_off": (_call_off, N_("The meeting is called off.")),
}


@get("/desk/editions/{edition_id:uuid}/meetings", guards=[office_or_coordinator])
async def show_meetings(request: Ask, edition_id: FromPath[UUID], db: Data, actor: Who, now: Now) -> Response[str]:
    return await _meetings(request, edition_id, db, actor, now)


@post("/desk/editions/{edition_id:uuid}/meetings", guards=[office_or_coordinator], status_code=303)
async def change_meetings(request: Ask, edition_id: FromPath[UUID], db: Data, actor: Who, now: Now) -> Response[Any]:
    typed = await typed_in(request)

    async def ask(tx: Tx) -> Asked:
        place = await edition_to_run(tx, actor=actor, edition_id=edition_id)
        return Asked(tx=tx, actor=actor, place=place, typed=typed, now=now)

    async def again(typed: Typed, refusal: Refusal) -> Response[str]:
        return await _meetings(request, edition_id, db, actor, now, typed, refusal)

    back = f"/desk/editions/{edition_id}/meetings"
    return await carried_out(request, db, MEETINGS, typed=typed, ask=ask, back=back, again=again)


async def _meetings(
    request: Ask,
    edition_id: UUID,
    db: Database,
    actor: Actor,
    now: datetime,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> Response[str]:
    async with statement(db) as tx:
        edition = await edition_to_run(tx, actor=actor, edition_id=edition_id)
        meetings = await programme_meetings_of(tx, edition_id=edition_id)
        rooms = await rooms_of(tx, gmina_id=edition.gmina_id)
    labels = labels_in(texts_of(request))
    problem, status = problem_of(request, refusal, labels)
    return page(
        request,
        "participation/desk_meetings.html",
        status=status,
        edition=edition,
        meetings=meetings,
        rooms=rooms,
        now=now,
        labels=labels,
        typed=typed,
        problem=problem,
        stale=False,
    )


@get("/desk/programme-meetings/{meeting_id:uuid}", guards=[office_or_coordinator])
async def show_meeting(request: Ask, meeting_id: FromPath[UUID], db: Data, actor: Who, now: Now) -> Response[str]:
    return await _meeting(request, meeting_id, db, actor, now)


@post("/desk/programme-meetings/{meeting_id:uuid}", guards=[office_or_coordinator], status_code=303)
async def change_meeting(request: Ask, meeting_id: FromPath[UUID], db: Data, actor: Who, now: Now) -> Response[Any]:
    typed = await typed_in(request)

    async def ask(tx: Tx) -> Asked:
        place = await programme_meeting_to_run(tx, actor=actor, meeting_id=meeting_id)
        return Asked(tx=tx, actor=actor, place=place, typed=typed, now=now)

    async def again(typed: Typed, refusal: Refusal) -> Response[str]:
        return await _meeting(request, meeting_id, db, actor, now, typed, refusal)

    back = f"/desk/programme-meetings/{meeting_id}"
    return await carried_out(request, db, MEETING, typed=typed, ask=ask, back=back, again=again)


async def _meeting(
    request: Ask,
    meeting_id: UUID,
    db: Database,
    actor: Actor,
    now: datetime,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> Response[str]:
    async with statement(db) as tx:
        meeting = await programme_meeting_to_run(tx, actor=actor, meeting_id=meeting_id)
        edition = await edition_to_run(tx, actor=actor, edition_id=meeting.edition_id)
        people = await everybody(tx, meeting=meeting)
        rooms = await rooms_of(tx, gmina_id=edition.gmina_id)
    labels = labels_in(texts_of(request))
    problem, status = problem_of(request, refusal, labels)
    return page(
        request,
        "participation/desk_meeting.html",
        status=status,
        edition=edition,
        meeting=meeting,
        people=people,
        rooms=rooms,
        now=now,
        labels=labels,
        typed=typed,
        problem=problem,
        stale=isinstance(refusal, Stale),
    )


handlers: list[ControllerRouterHandler] = [show_meetings, change_meetings, show_meeting, change_meeting]
