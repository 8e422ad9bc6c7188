"""Who belongs to an organisation, and who is invited."""

from typing import Annotated
from uuid import UUID

from litestar import Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from incubator.db.engine import statement
from incubator.people.api.shapes import Invitations, Members, NewInvitation, NewMemberRole, after_id, next_of
from incubator.people.change_member import change_member
from incubator.people.guards import scope, signed_in
from incubator.people.invitations import invitations_for
from incubator.people.invite_member import count_invitation, invite_member
from incubator.people.queries import members_for
from incubator.people.remove_member import remove_member
from incubator.people.views import InvitationView
from incubator.people.visit import Visit
from incubator.people.withdraw_invitation import withdraw_invitation
from incubator.web.cursors import Cursor
from incubator.web.problems import problems

READ = [signed_in, scope("organisations:read")]
WRITE = [signed_in, scope("organisations:write")]
PageLimit = Annotated[int, QueryParameter(ge=1, le=100)]


@get(
    "/organisations/{organisation_id:uuid}/members",
    operation_id="listMembers",
    guards=READ,
    responses=problems(401, 403, 404, 422),
)
async def list_members(
    visit: NamedDependency[Visit], organisation_id: FromPath[UUID], after: Cursor = None, limit: PageLimit = 50
) -> Members:
    """Who belongs to it; e-mails for its own people alone."""
    last = after_id(after)
    async with statement(visit.db) as tx:
        found = await members_for(tx, actor=visit.actor, organisation_id=organisation_id, after=last, limit=limit + 1)
    return Members(found[:limit], next_of([each.id for each in found], limit))


@put(
    "/organisations/{organisation_id:uuid}/members/{account_id:uuid}",
    operation_id="changeMember",
    guards=WRITE,
    status_code=204,
    responses=problems(401, 403, 404, 409, 422),
)
async def put_member(
    visit: NamedDependency[Visit],
    organisation_id: FromPath[UUID],
    account_id: FromPath[UUID],
    data: JSONBody[NewMemberRole],
) -> None:
    """Make somebody an owner or a member. The last owner stays one."""
    await visit.do(change_member, organisation_id=organisation_id, account_id=account_id, role=data.role)


@delete(
    "/organisations/{organisation_id:uuid}/members/{account_id:uuid}",
    operation_id="removeMember",
    guards=WRITE,
    responses=problems(401, 403, 404, 409),
)
async def delete_member(
    visit: NamedDependency[Visit], organisation_id: FromPath[UUID], account_id: FromPath[UUID]
) -> None:
    """Leave, or take somebody off. The last owner stays."""
    await visit.do(remove_member, organisation_id=organisation_id, account_id=account_id)


@get(
    "/organisations/{organisation_id:uuid}/invitations",
    operation_id="listInvitations",
    guards=READ,
    responses=problems(401, 403, 404, 422),
)
async def list_invitations(
    visit: NamedDependency[Visit], organisation_id: FromPath[UUID], after: Cursor = None, limit: PageLimit = 50
) -> Invitations:
    """Open invitations, for members."""
    last = after_id(after)
    async with statement(visit.db) as tx:
        found = await invitations_for(
            tx, actor=visit.actor, organisation_id=organisation_id, now=visit.now, after=last, limit=limit + 1
        )
    return Invitations(found[:limit], next_of([each.id for each in found], limit))


@post(
    "/organisations/{organisation_id:uuid}/invitations",
    operation_id="createInvitation",
    guards=WRITE,
    responses=problems(401, 403, 404, 409, 422, 429),
)
async def create_invitation(
    visit: NamedDependency[Visit], organisation_id: FromPath[UUID], data: JSONBody[NewInvitation]
) -> Response[InvitationView]:
    """Invite an address by mail; asking again sends a new link in place of the old one."""
    address = visit.request.app.state.settings.address
    await count_invitation(visit.db, actor=visit.actor, email=data.email, now=visit.now)

    return await visit.create(
        invite_member,
        lambda made: f"/api/organisations/{organisation_id}/invitations/{made.id}",
        organisation_id=organisation_id,
        email=data.email,
        role=data.role,
        address=address,
    )


@delete(
    "/organisations/{organisation_id:uuid}/invitations/{invitation_id:uuid}",
    operation_id="withdrawInvitation",
    guards=WRITE,
    responses=problems(401, 403, 404),
)
async def delete_invitation(
    visit: NamedDependency[Visit], organisation_id: FromPath[UUID], invitation_id: FromPath[UUID]
) -> None:
    """Take it back before it is answered."""
    await visit.do(withdraw_invitation, organisation_id=organisation_id, invitation_id=invitation_id)


handlers = [list_members, put_member, delete_member, list_invitations, create_invitation, delete_invitation]
