"""Participations: admit, agree, start, end; plan."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, attempt, statement
from incubator.participation.admit import accept_offer, admit
from incubator.participation.api.shapes import (
    DESK,
    DESK_MAKES,
    DESK_READ,
    OWN,
    READ,
    Admission,
    OptionalWhy,
    Participants,
    ParticipationInFull,
    Participations,
)
from incubator.participation.graduate import graduate
from incubator.participation.in_full import in_full
from incubator.participation.plan_together import Plan, plan_together
from incubator.participation.queries import participants_of, participations_of
from incubator.participation.remove import remove
from incubator.participation.sign_agreement import Agreement, sign_agreement
from incubator.participation.start import start
from incubator.participation.views import ParticipationView
from incubator.participation.withdraw import withdraw
from incubator.people.actor import Actor
from incubator.web.etags import IfMatch, seen_version, tagged
from incubator.web.idempotency import Made, created

Ask = Request[Any, Any, Any]
Data = NamedDependency[Database]
Who = NamedDependency[Actor]
Now = NamedDependency[datetime]


@get("/participations", operation_id="listParticipations", **READ)
async def list_participations(db: Data, actor: Who) -> Participations:
    """One's own participations and those of one's organisations, latest first."""
    async with statement(db) as tx:
        return Participations(items=await participations_of(tx, actor=actor))


@get("/participations/{participation_id:uuid}", operation_id="getParticipation", **READ)
async def get_participation(participation_id: FromPath[UUID], db: Data, actor: Who) -> Response[ParticipationInFull]:
    """A participation with its milestones, credits, meetings and certificates, for the participant and who
    runs the edition."""
    async with statement(db) as tx:
        found = await in_full(tx, actor=actor, participation_id=participation_id)
    told = ParticipationInFull(
        participation=found.participation,
        milestones=found.milestones,
        credits=found.credits,
        meetings=found.meetings,
        certificates=found.certificates,
        present_minutes=found.presence.minutes,
        required_minutes=found.presence.required,
        mentor_minutes=found.mentor_minutes,
    )
    return tagged(told, found.participation.version)


@get("/editions/{edition_id:uuid}/participations", operation_id="listParticipants", **DESK_READ)
async def list_participants(edition_id: FromPath[UUID], db: Data, actor: Who) -> Participants:
    """Everybody of an edition, for who runs it."""
    async with statement(db) as tx:
        return Participants(items=await participants_of(tx, actor=actor, edition_id=edition_id))


@post("/editions/{edition_id:uuid}/participations", operation_id="admitOrganisation", **DESK_MAKES)
async def post_participation(
    request: Ask, edition_id: FromPath[UUID], data: JSONBody[Admission], db: Data, actor: Who, now: Now
) -> Response[ParticipationView]:
    """Admit an organisation that did not have to apply; it takes a place and gets what the edition grants."""

    async def make(tx: Tx) -> Made:
        made = await admit(tx, actor=actor, edition_id=edition_id, organisation_id=data.organisation_id, now=now)
        return made, f"/api/participations/{made.id}"

    return await created(request, db, actor.account_id, make)


@post("/applications/{application_id:uuid}/accept-offer", operation_id="acceptOffer", **{**OWN, "status_code": 201})
async def post_accept_offer(
    request: Ask, application_id: FromPath[UUID], db: Data, actor: Who, now: Now
) -> Response[ParticipationView]:
    """Accept the place that was offered on an application of one's own."""

    async def make(tx: Tx) -> Made:
        made = await accept_offer(tx, actor=actor, application_id=application_id, now=now)
        return made, f"/api/participations/{made.id}"

    return await created(request, db, actor.account_id, make)


@post("/participations/{participation_id:uuid}/agreement", operation_id="signAgreement", **DESK)
async def post_agreement(
    participation_id: FromPath[UUID], data: JSONBody[Agreement], db: Data, actor: Who, now: Now
) -> ParticipationView:
    """Note the number of the agreement and the day on which it was signed."""
    on: dict[str, Any] = {"actor": actor, "participation_id": participation_id, "now": now}
    return await attempt(db, lambda tx: sign_agreement(tx, agreement=data, **on))


@post("/participations/{participation_id:uuid}/start", operation_id="startParticipation", **DESK)
async def post_start(participation_id: FromPath[UUID], db: Data, actor: Who, now: Now) -> ParticipationView:
    """Begin it from today on; the agreement has to be noted."""
    return await attempt(db, lambda tx: start(tx, actor=actor, participation_id=participation_id, now=now))


@post("/participations/{participation_id:uuid}/graduate", operation_id="graduateParticipation", **DESK)
async def post_graduate(participation_id: FromPath[UUID], db: Data, actor: Who, now: Now) -> ParticipationView:
    """Say that the participant has come to the end of the programme; what it was granted ends with it."""
    return await attempt(db, lambda tx: graduate(tx, actor=actor, participation_id=participation_id, now=now))


@post("/participations/{participation_id:uuid}/withdraw", operation_id="withdrawParticipation", **OWN)
async def post_withdraw(
    participation_id: FromPath[UUID], data: JSONBody[OptionalWhy], db: Data, actor: Who, now: Now
) -> ParticipationView:
    """Give it up: one's own, or noted by who runs the edition, with the reason."""
    on: dict[str, Any] = {"actor": actor, "participation_id": participation_id, "now": now}
    return await attempt(db, lambda tx: withdraw(tx, reason=data.reason, **on))


@post("/participations/{participation_id:uuid}/remove", operation_id="removeParticipation", **DESK)
async def post_remove(
    participation_id: FromPath[UUID], data: JSONBody[OptionalWhy], db: Data, actor: Who, now: Now
) -> ParticipationView:
    """End somebody's participation, for a reason that they read."""
    on: dict[str, Any] = {"actor": actor, "participation_id": participation_id, "now": now}
    return await attempt(db, lambda tx: remove(tx, reason=data.reason, **on))


@put("/participations/{participation_id:uuid}/plan", operation_id="planParticipation", **OWN)
async def put_plan(
    participation_id: FromPath[UUID],
    data: JSONBody[Plan],
    db: Data,
    actor: Who,
    now: Now,
    if_match: IfMatch = None,
) -> Response[ParticipationView]:
    """The individual plan anew, by the participant or who runs the edition."""
    on: dict[str, Any] = {"actor": actor, "participation_id": participation_id, "seen": seen_version(if_match)}
    view = await attempt(db, lambda tx: plan_together(tx, plan=data.plan, now=now, **on))
    return tagged(view, view.version)


handlers: list[ControllerRouterHandler] = [
    list_participations,
    get_participation,
    list_participants,
    post_participation,
    post_accept_offer,
    post_agreement,
    post_start,
    post_graduate,
    post_withdraw,
    post_remove,
    put_plan,
]
