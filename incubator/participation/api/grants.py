"""What was granted, to organisations and to people, and granting more."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.credits.grant_credit import Grant, grant_credit
from incubator.credits.holder import Holder
from incubator.credits.queries import credits_of
from incubator.credits.views import CreditView
from incubator.db.engine import Database, Tx, statement
from incubator.participation.api.shapes import DESK_MAKES, READ, Credits, GrantFor
from incubator.participation.grant_more import grant_more
from incubator.people.actor import Actor
from incubator.people.queries import NoSuchOrganisation
from incubator.web.idempotency import Made, created

Ask = Request[Any, Any, Any]
Data = NamedDependency[Database]
Who = NamedDependency[Actor]
Now = NamedDependency[datetime]


@get("/me/credits", operation_id="listMyCredits", **READ)
async def list_my_credits(db: Data, actor: Who, now: Now) -> Credits:
    """What one was granted for oneself, without an organisation, and is not over: used, left, until when."""
    async with statement(db) as tx:
        return Credits(items=await credits_of(tx, holder_id=actor.account_id, now=now))


@get("/organisations/{organisation_id:uuid}/credits", operation_id="listCredits", **READ)
async def list_credits(organisation_id: FromPath[UUID], db: Data, actor: Who, now: Now) -> Credits:
    """What an organisation of one's own was granted and is not over: used, left, until when."""
    if organisation_id not in actor.organisations and not actor.is_administrator:
        raise NoSuchOrganisation(organisation_id)
    async with statement(db) as tx:
        return Credits(items=await credits_of(tx, holder_id=organisation_id, now=now))


@post("/organisations/{organisation_id:uuid}/credits", operation_id="grantCredit", **DESK_MAKES)
async def post_credit(
    request: Ask, organisation_id: FromPath[UUID], data: JSONBody[GrantFor], db: Data, actor: Who, now: Now
) -> Response[CreditView]:
    """Grant an organisation hours, days or seats in one's gmina, for a reason."""
    grant = Grant(
        kind=data.kind,
        amount=data.amount,
        first_day=data.first_day,
        last_day=data.last_day,
        reason=data.reason,
    )
    holder = Holder(organisation_id=organisation_id)
    on: dict[str, Any] = {"actor": actor, "holder": holder, "gmina_id": data.gmina_id, "now": now}

    async def make(tx: Tx) -> Made:
        return await grant_credit(tx, grant=grant, **on), f"/api/organisations/{organisation_id}/credits"

    return await created(request, db, actor.account_id, make)


@post("/participations/{participation_id:uuid}/credits", operation_id="grantParticipant", **DESK_MAKES)
async def post_participant_credit(
    request: Ask, participation_id: FromPath[UUID], data: JSONBody[Grant], db: Data, actor: Who, now: Now
) -> Response[CreditView]:
    """Grant who takes part, an organisation or a person, more hours, days or seats in the gmina of the edition."""

    async def make(tx: Tx) -> Made:
        made = await grant_more(tx, actor=actor, participation_id=participation_id, grant=data, now=now)
        return made, f"/api/participations/{participation_id}"

    return await created(request, db, actor.account_id, make)


handlers: list[ControllerRouterHandler] = [list_my_credits, list_credits, post_credit, post_participant_credit]
