"""Participations: admit, agree, start, end; plan."""

from uuid import UUID

from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
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
from incubator.people.change import Change
from incubator.people.visit import Visit
from incubator.web.etags import tagged


@get("/participations", operation_id="listParticipations", **READ)
async def list_participations(visit: NamedDependency[Visit]) -> Participations:
    """One's own participations and those of one's organisations, latest first."""
    async with statement(visit.db) as tx:
        return Participations(items=await participations_of(tx, actor=visit.actor))


@get("/participations/{participation_id:uuid}", operation_id="getParticipation", **READ)
async def get_participation(
    visit: NamedDependency[Visit], participation_id: FromPath[UUID]
) -> Response[ParticipationInFull]:
    """A participation with its milestones, credits, meetings and certificates, for the participant and who
    runs the edition."""
    async with statement(visit.db) as tx:
        found = await in_full(tx, actor=visit.actor, participation_id=participation_id)
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
async def list_participants(visit: NamedDependency[Visit], edition_id: FromPath[UUID]) -> Participants:
    """Everybody of an edition, for who runs it."""
    async with statement(visit.db) as tx:
        return Participants(items=await participants_of(tx, actor=visit.actor, edition_id=edition_id))


@post("/editions/{edition_id:uuid}/participations", operation_id="admitOrganisation", **DESK_MAKES)
async def post_participation(
    visit: NamedDependency[Visit], edition_id: FromPath[UUID], data: JSONBody[Admission]
) -> Response[ParticipationView]:
    """Admit an organisation that did not have to apply; it takes a place and gets what the edition grants."""
    return await visit.create(
        admit,
        lambda made: f"/api/participations/{made.id}",
        edition_id=edition_id,
        organisation_id=data.organisation_id,
    )


@post("/applications/{application_id:uuid}/accept-offer", operation_id="acceptOffer", **{**OWN, "status_code": 201})
async def post_accept_offer(
    visit: NamedDependency[Visit], application_id: FromPath[UUID]
) -> Response[ParticipationView]:
    """Accept the place that was offered on an application of one's own."""
    return await visit.create(
        accept_offer, lambda made: f"/api/participations/{made.id}", application_id=application_id
    )


@post("/participations/{participation_id:uuid}/agreement", operation_id="signAgreement", **DESK)
async def post_agreement(
    visit: NamedDependency[Visit], participation_id: FromPath[UUID], data: JSONBody[Agreement]
) -> ParticipationView:
    """Note the number of the agreement and the day on which it was signed."""
    return await visit.do(sign_agreement, participation_id=participation_id, agreement=data)


@post("/participations/{participation_id:uuid}/start", operation_id="startParticipation", **DESK)
async def post_start(visit: NamedDependency[Visit], participation_id: FromPath[UUID]) -> ParticipationView:
    """Begin it from today on; the agreement has to be noted."""
    return await visit.do(start, participation_id=participation_id)


@post("/participations/{participation_id:uuid}/graduate", operation_id="graduateParticipation", **DESK)
async def post_graduate(visit: NamedDependency[Visit], participation_id: FromPath[UUID]) -> ParticipationView:
    """Say that the participant has come to the end of the programme; what it was granted ends with it."""
    return await visit.do(graduate, participation_id=participation_id)


@post("/participations/{participation_id:uuid}/withdraw", operation_id="withdrawParticipation", **OWN)
async def post_withdraw(
    visit: NamedDependency[Visit], participation_id: FromPath[UUID], data: JSONBody[OptionalWhy]
) -> ParticipationView:
    """Give it up: one's own, or noted by who runs the edition, with the reason."""
    return await visit.do(withdraw, participation_id=participation_id, reason=data.reason)


@post("/participations/{participation_id:uuid}/remove", operation_id="removeParticipation", **DESK)
async def post_remove(
    visit: NamedDependency[Visit], participation_id: FromPath[UUID], data: JSONBody[OptionalWhy]
) -> ParticipationView:
    """End somebody's participation, for a reason that they read."""
    return await visit.do(remove, participation_id=participation_id, reason=data.reason)


@put("/participations/{participation_id:uuid}/plan", operation_id="planParticipation", **OWN)
async def put_plan(
    change: NamedDependency[Change], participation_id: FromPath[UUID], data: JSONBody[Plan]
) -> Response[ParticipationView]:
    """The individual plan anew, by the participant or who runs the edition."""
    return await change(plan_together, participation_id=participation_id, plan=data.plan)


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
