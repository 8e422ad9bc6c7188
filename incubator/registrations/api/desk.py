"""Who comes, the door and what follows: for who runs a session."""

from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
from incubator.people.guards import office_or_coordinator, scope
from incubator.people.visit import Visit
from incubator.registrations.add_at_desk import add_at_desk
from incubator.registrations.api.shapes import (
    AttendanceOf,
    Certified,
    ForCompany,
    Limit,
    NewMessage,
    NewPerson,
    Registration,
    Registrations,
    SurveySums,
    TakenOff,
    Written,
    registration_json,
    registrations_json,
)
from incubator.registrations.certify import issue_session_certificates
from incubator.registrations.correct_attendance import correct_attendance
from incubator.registrations.door import hand_in
from incubator.registrations.door_batch import DoorBatch, DoorOutcomes, events_of, outcomes_of
from incubator.registrations.listing import PAGE, Which, registrations_of_session
from incubator.registrations.name_company import name_company
from incubator.registrations.own import take_off
from incubator.registrations.survey import survey_results
from incubator.registrations.write_to_all import Message, write_to_all
from incubator.web.cursors import Cursor
from incubator.web.etags import tagged
from incubator.web.problems import problems

WRITE: dict[str, Any] = {
    "guards": [office_or_coordinator, scope("exchanges:write")],
    "responses": problems(401, 403, 404, 409, 422),
}
READ: dict[str, Any] = {
    "guards": [office_or_coordinator, scope("exchanges:read")],
    "responses": problems(401, 403, 404, 422),
}
Asking = NamedDependency[Visit]


@get("/sessions/{session_id:uuid}/registrations", operation_id="listSessionRegistrations", **READ)
async def list_session_registrations(
    session_id: FromPath[UUID],
    visit: Asking,
    which: Annotated[Which | None, QueryParameter(description="A part of them alone.")] = None,
    q: Annotated[str, QueryParameter(max_length=200, description="In a name, an organisation or an address.")] = "",
    after: Cursor = None,
    limit: Limit = PAGE,
) -> Registrations:
    """Everybody, with tickets, in pages: the seated by name, then who waits in the order of the line, then who is no
    longer on the list."""
    async with statement(visit.db) as tx:
        found = await registrations_of_session(
            tx, actor=visit.actor, session_id=session_id, which=which, words=q, after=after, limit=limit
        )
    return registrations_json(found)


@post(
    "/sessions/{session_id:uuid}/registrations/{registration_id:uuid}/cancel",
    operation_id="takeOffSession",
    status_code=200,
    **WRITE,
)
async def take_off_session(
    session_id: FromPath[UUID], registration_id: FromPath[UUID], visit: Asking, data: JSONBody[TakenOff | None] = None
) -> Response[Registration]:
    """Take somebody off who said that they cannot come; their seats go on to who waits. They are written to, with the
    reason if there is one."""
    why = data.reason if data else ""
    view = await visit.do(take_off, session_id=session_id, registration_id=registration_id, reason=why)
    return tagged(registration_json(view), view.version)


@put(
    "/sessions/{session_id:uuid}/registrations/{registration_id:uuid}/company",
    operation_id="nameCompanyOfRegistration",
    **WRITE,
)
async def put_company(
    session_id: FromPath[UUID], registration_id: FromPath[UUID], visit: Asking, data: JSONBody[ForCompany]
) -> Response[Registration]:
    """Say for which company somebody comes who has registered without an account. At a workshop of a gmina its seats
    are de minimis aid of the company."""
    told = {"session_id": session_id, "registration_id": registration_id, "nip": data.nip}
    view = await visit.do(name_company, **told)
    return tagged(registration_json(view), view.version)


@post("/sessions/{session_id:uuid}/people", operation_id="addToSession", status_code=201, **WRITE)
async def add_to_session(session_id: FromPath[UUID], data: JSONBody[NewPerson], visit: Asking) -> Registration:
    """Give somebody a seat who rang up; they are written to, and can give it back."""
    return registration_json(await visit.do(add_at_desk, session_id=session_id, name=data.name, email=data.email))


@post("/sessions/{session_id:uuid}/messages", operation_id="writeToSession", status_code=200, **WRITE)
async def write_to_session(session_id: FromPath[UUID], data: JSONBody[NewMessage], visit: Asking) -> Written:
    """Write to everybody who is registered; `waiting`: to those who wait or were offered a seat, too."""
    message = Message(subject=data.subject, text=data.text, waiting=data.waiting)
    return Written(await visit.do(write_to_all, session_id=session_id, message=message))


@post("/sessions/{session_id:uuid}/door", operation_id="handInDoor", status_code=200, **WRITE)
async def hand_in_door(session_id: FromPath[UUID], data: JSONBody[DoorBatch], visit: Asking) -> DoorOutcomes:
    """Hand in who came and went. Send a batch again until it is answered: each event counts once, and each is answered:
    one that is refused keeps no other back."""
    got = await visit.do(hand_in, session_id=session_id, events=events_of(data))
    return outcomes_of(visit.request, data, got)


@put(
    "/sessions/{session_id:uuid}/tickets/{ticket_id:uuid}/attendance",
    operation_id="correctSessionAttendance",
    status_code=204,
    **WRITE,
)
async def correct(
    session_id: FromPath[UUID], ticket_id: FromPath[UUID], data: JSONBody[AttendanceOf], visit: Asking
) -> None:
    """Say how long somebody was there; the door does not change it any more."""
    await visit.do(
        correct_attendance,
        session_id=session_id,
        ticket_id=ticket_id,
        minutes=data.minutes,
        evidence=data.evidence,
    )


@post("/sessions/{session_id:uuid}/certificates", operation_id="certifySession", status_code=200, **WRITE)
async def certify(session_id: FromPath[UUID], visit: Asking) -> Certified:
    """Certificates for everybody who was there long enough and has none yet; they are written to."""
    return Certified(await visit.do(issue_session_certificates, session_id=session_id))


@get("/sessions/{session_id:uuid}/survey", operation_id="getSessionSurvey", **READ)
async def get_survey(session_id: FromPath[UUID], visit: Asking) -> SurveySums:
    """What people thought of it, once five have answered."""
    async with statement(visit.db) as tx:
        found = await survey_results(tx, actor=visit.actor, session_id=session_id)
    return msgspec.convert(asdict(found), SurveySums)


handlers: list[ControllerRouterHandler] = [
    list_session_registrations,
    take_off_session,
    put_company,
    add_to_session,
    write_to_session,
    hand_in_door,
    correct,
    certify,
    get_survey,
]
