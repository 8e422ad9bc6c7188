"""The desk: meetings of an edition, and the list of one."""

import re
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar.types import ControllerRouterHandler
from msgspec import UNSET, Meta

from incubator.bookings.room_of import rooms_to_choose
from incubator.db.engine import Tx
from incubator.kernel.errors import N_
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
from incubator.participation.views import ProgrammeMeetingView
from incubator.people.forms import Asked, CheckField, Deed, Typed
from incubator.people.guards import office_or_coordinator
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.programmes.at_desk import edition_at_desk
from incubator.programmes.queries import EditionView, edition_to_run
from incubator.web.bodies import Body, Line, OptionalLine

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
    await asked.do(record_attendance, meeting_id=asked.place.id, attendance=told, seen=asked.typed.seen)


async def _plan(asked: Asked) -> None:
    await asked.do(plan_meeting, edition_id=asked.place.id, details=_details(asked.typed))


async def _move(asked: Asked) -> None:
    await asked.do(move_meeting, meeting_id=asked.place.id, details=_details(asked.typed), seen=asked.typed.seen)


async def _call_off(asked: Asked) -> None:
    await asked.do(call_off_meeting, meeting_id=asked.place.id, seen=asked.typed.seen)


async def _meetings(tx: Tx, visit: Visit, edition: EditionView) -> Shown:
    return Shown(
        "participation/desk_meetings.html",
        edition=edition,
        meetings=await programme_meetings_of(tx, edition_id=edition.id),
        rooms=await rooms_to_choose(tx, gmina_id=edition.gmina_id),
        now=visit.now,
    )


async def _one(tx: Tx, visit: Visit) -> ProgrammeMeetingView:
    return await programme_meeting_to_run(tx, actor=visit.actor, meeting_id=visit.key("meeting_id"))


async def _meeting(tx: Tx, visit: Visit, meeting: ProgrammeMeetingView) -> Shown:
    edition = await edition_to_run(tx, actor=visit.actor, edition_id=meeting.edition_id)
    return Shown(
        "participation/desk_meeting.html",
        edition=edition,
        meeting=meeting,
        people=await everybody(tx, meeting=meeting),
        rooms=await rooms_to_choose(tx, gmina_id=edition.gmina_id),
        now=visit.now,
    )


MEETINGS = Screen(
    name="meetings",
    path="/desk/editions/{edition_id:uuid}/meetings",
    guard=office_or_coordinator,
    about=edition_at_desk,
    shows=_meetings,
    deeds={"meeting": Deed(_plan, N_("The meeting is planned."))},
    labels=labels_in,
)
MEETING = Screen(
    name="meeting",
    path="/desk/programme-meetings/{meeting_id:uuid}",
    guard=office_or_coordinator,
    about=_one,
    shows=_meeting,
    deeds={
        "attendance": Deed(_record, N_("The attendance is noted.")),
        "meeting": Deed(_move, N_("The meeting is changed.")),
        "call_off": Deed(_call_off, N_("The meeting is called off.")),
    },
    labels=labels_in,
)

handlers: list[ControllerRouterHandler] = [*MEETINGS.handlers, *MEETING.handlers]
