"""Oneself."""

from typing import Any
from uuid import UUID

from litestar import get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from incubator.db.engine import session, statement, transaction
from incubator.people.answer_invitation import accept_invitation, decline_invitation
from incubator.people.api.shapes import Invitations, Profile
from incubator.people.change_profile import change_profile
from incubator.people.guards import scope, signed_in
from incubator.people.invitations import invitations_to
from incubator.people.personal_data import export_personal_data
from incubator.people.queries import account_of, organisation_for
from incubator.people.views import AccountView, OrganisationView
from incubator.people.visit import Visit
from incubator.web.problems import problems

ME = [signed_in, scope("me")]


@get("/me", operation_id="getMe", guards=ME, responses=problems(401, 403))
async def get_me(visit: NamedDependency[Visit]) -> AccountView:
    """Who the token belongs to."""
    async with statement(visit.db) as tx:
        return await account_of(tx, actor=visit.actor)


@put("/me", operation_id="changeMe", guards=ME, responses=problems(401, 403, 422))
async def change_me(visit: NamedDependency[Visit], data: JSONBody[Profile]) -> AccountView:
    """Name, language and home gmina anew."""
    async with session(visit.db) as opened:
        return await change_profile(
            opened, actor=visit.actor, name=data.name, locale=data.locale, gmina_id=data.gmina_id, now=visit.now
        )


@get("/me/export", operation_id="exportMe", guards=ME, responses=problems(401, 403))
async def export_me(visit: NamedDependency[Visit]) -> dict[str, Any]:
    """Everything that is kept of oneself, in named sections."""
    elsewhere = visit.request.app.state.elsewhere
    async with transaction(visit.db) as tx:
        return await export_personal_data(tx, actor=visit.actor, elsewhere=elsewhere, now=visit.now)


@get("/me/invitations", operation_id="listMyInvitations", guards=ME, responses=problems(401, 403))
async def list_my_invitations(visit: NamedDependency[Visit]) -> Invitations:
    """Open invitations to one's own address; all of them at once."""
    async with statement(visit.db) as tx:
        return Invitations(await invitations_to(tx, actor=visit.actor, now=visit.now))


@post(
    "/me/invitations/{invitation_id:uuid}/accept",
    operation_id="acceptInvitation",
    guards=ME,
    status_code=200,
    responses=problems(401, 403, 404, 410),
)
async def accept(visit: NamedDependency[Visit], invitation_id: FromPath[UUID]) -> OrganisationView:
    """Join the organisation."""
    joined = await visit.do(accept_invitation, invitation_id=invitation_id)
    async with statement(visit.db) as tx:
        return await organisation_for(tx, actor=visit.actor, organisation_id=joined)


@post(
    "/me/invitations/{invitation_id:uuid}/decline",
    operation_id="declineInvitation",
    guards=ME,
    status_code=204,
    responses=problems(401, 403, 404, 410),
)
async def decline(visit: NamedDependency[Visit], invitation_id: FromPath[UUID]) -> None:
    await visit.do(decline_invitation, invitation_id=invitation_id)


handlers = [get_me, change_me, export_me, list_my_invitations, accept, decline]
