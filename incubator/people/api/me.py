"""Oneself."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from incubator.db.engine import Database, attempt, session, statement, transaction
from incubator.people.actor import Actor
from incubator.people.answer_invitation import accept_invitation, decline_invitation
from incubator.people.api.shapes import Invitations, Profile
from incubator.people.change_profile import change_profile
from incubator.people.guards import scope, signed_in
from incubator.people.invitations import invitations_to
from incubator.people.personal_data import export_personal_data
from incubator.people.queries import account_of, organisation_for
from incubator.people.views import AccountView, OrganisationView
from incubator.web.problems import problems

ME = [signed_in, scope("me")]


@get("/me", operation_id="getMe", guards=ME, responses=problems(401, 403))
async def get_me(db: NamedDependency[Database], actor: NamedDependency[Actor]) -> AccountView:
    """Who the token belongs to."""
    async with statement(db) as tx:
        return await account_of(tx, actor=actor)


@put("/me", operation_id="changeMe", guards=ME, responses=problems(401, 403, 422))
async def change_me(
    data: JSONBody[Profile],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> AccountView:
    """Name, language and home gmina anew."""
    async with session(db) as opened:
        return await change_profile(
            opened, actor=actor, name=data.name, locale=data.locale, gmina_id=data.gmina_id, now=now
        )


@get("/me/export", operation_id="exportMe", guards=ME, responses=problems(401, 403))
async def export_me(
    request: Request[Any, Any, Any],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> dict[str, Any]:
    """Everything that is kept of oneself, in named sections."""
    elsewhere = request.app.state.elsewhere
    async with transaction(db) as tx:
        return await export_personal_data(tx, actor=actor, elsewhere=elsewhere, now=now)


@get("/me/invitations", operation_id="listMyInvitations", guards=ME, responses=problems(401, 403))
async def list_my_invitations(
    db: NamedDependency[Database], actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Invitations:
    """Open invitations to one's own address; all of them at once."""
    async with statement(db) as tx:
        return Invitations(await invitations_to(tx, actor=actor, now=now))


@post(
    "/me/invitations/{invitation_id:uuid}/accept",
    operation_id="acceptInvitation",
    guards=ME,
    status_code=200,
    responses=problems(401, 403, 404, 410),
)
async def accept(
    invitation_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> OrganisationView:
    """Join the organisation."""
    joined = await attempt(db, lambda tx: accept_invitation(tx, actor=actor, invitation_id=invitation_id, now=now))
    async with statement(db) as tx:
        return await organisation_for(tx, actor=actor, organisation_id=joined)


@post(
    "/me/invitations/{invitation_id:uuid}/decline",
    operation_id="declineInvitation",
    guards=ME,
    status_code=204,
    responses=problems(401, 403, 404, 410),
)
async def decline(
    invitation_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> None:
    await attempt(db, lambda tx: decline_invitation(tx, actor=actor, invitation_id=invitation_id, now=now))


handlers = [get_me, change_me, export_me, list_my_invitations, accept, decline]
