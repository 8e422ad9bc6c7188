"""What was granted, to organisations and to people, and granting more."""

from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.credits.grant_credit import Grant, grant_credit
from incubator.credits.holder import Holder
from incubator.credits.queries import credits_of
from incubator.credits.views import CreditView
from incubator.db.engine import statement
from incubator.participation.api.shapes import DESK_MAKES, READ, Credits, GrantFor
from incubator.participation.grant_more import grant_more
from incubator.people.queries import NoSuchOrganisation
from incubator.people.visit import Visit


@get("/me/credits", operation_id="listMyCredits", **READ)
async def list_my_credits(visit: NamedDependency[Visit]) -> Credits:
    """What one was granted for oneself, without an organisation, and is not over: used, left, until when."""
    async with statement(visit.db) as tx:
        return Credits(items=await credits_of(tx, holder_id=visit.actor.account_id, now=visit.now))


@get("/organisations/{organisation_id:uuid}/credits", operation_id="listCredits", **READ)
async def list_credits(visit: NamedDependency[Visit], organisation_id: FromPath[UUID]) -> Credits:
    """What an organisation of one's own was granted and is not over: used, left, until when."""
    if organisation_id not in visit.actor.organisations and not visit.actor.is_administrator:
        raise NoSuchOrganisation(organisation_id)
    async with statement(visit.db) as tx:
        return Credits(items=await credits_of(tx, holder_id=organisation_id, now=visit.now))


@post("/organisations/{organisation_id:uuid}/credits", operation_id="grantCredit", **DESK_MAKES)
async def post_credit(
    visit: NamedDependency[Visit], organisation_id: FromPath[UUID], data: JSONBody[GrantFor]
) -> Response[CreditView]:
    """Grant an organisation hours, days or seats in one's gmina, for a reason."""
    grant = Grant(
        kind=data.kind,
        amount=data.amount,
        first_day=data.first_day,
        last_day=data.last_day,
        reason=data.reason,
    )
    return await visit.create(
        grant_credit,
        f"/api/organisations/{organisation_id}/credits",
        holder=Holder(organisation_id=organisation_id),
        gmina_id=data.gmina_id,
        grant=grant,
    )


@post("/participations/{participation_id:uuid}/credits", operation_id="grantParticipant", **DESK_MAKES)
async def post_participant_credit(
    visit: NamedDependency[Visit], participation_id: FromPath[UUID], data: JSONBody[Grant]
) -> Response[CreditView]:
    """Grant who takes part, an organisation or a person, more hours, days or seats in the gmina of the edition."""
    return await visit.create(
        grant_more, f"/api/participations/{participation_id}", participation_id=participation_id, grant=data
    )


handlers: list[ControllerRouterHandler] = [list_my_credits, list_credits, post_credit, post_participant_credit]
