"""Members and invitations, by forms."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from incubator.db.engine import Database, statement
from incubator.kernel.errors import N_, Conflict, Refusal
from incubator.people.actor import Actor
from incubator.people.answer_invitation import accept_invitation, decline_invitation
from incubator.people.change_member import change_member
from incubator.people.guards import NotYours, public, signed_in
from incubator.people.invitations import invitation_by_secret
from incubator.people.invite_member import count_invitation, invite_member
from incubator.people.pages.organisation import organisation_page
from incubator.people.queries import NoSuchOrganisation
from incubator.people.remove_member import remove_member
from incubator.people.visit import Visit
from incubator.people.withdraw_invitation import withdraw_invitation
from incubator.web.bodies import Body, read_form
from incubator.web.flash import see_other
from incubator.web.pages import page


class InvitationForm(Body, frozen=True):
    email: str = ""
    role: str = "member"


class RoleForm(Body, frozen=True):
    role: str = ""


@post("/organisations/{organisation_id:uuid}/invitations", guards=[signed_in], status_code=303)
async def invite(visit: NamedDependency[Visit], organisation_id: FromPath[UUID]) -> Response[Any]:
    request = visit.request
    form = await read_form(request, InvitationForm)
    address = request.app.state.settings.address
    try:
        await count_invitation(visit.db, actor=visit.actor, email=form.email, now=visit.now)
        await visit.do(
            invite_member, organisation_id=organisation_id, email=form.email, role=form.role, address=address
        )
    except (NotYours, NoSuchOrganisation):
        raise
    except Refusal as refusal:
        return await organisation_page(visit, organisation_id=organisation_id, refusal=refusal, email=form.email)
    return see_other(request, f"/organisations/{organisation_id}", N_("The invitation is on its way."))


@post(
    "/organisations/{organisation_id:uuid}/invitations/{invitation_id:uuid}/withdraw",
    guards=[signed_in],
    status_code=303,
)
async def withdraw(
    visit: NamedDependency[Visit], organisation_id: FromPath[UUID], invitation_id: FromPath[UUID]
) -> Response[Any]:
    await visit.do(withdraw_invitation, organisation_id=organisation_id, invitation_id=invitation_id)
    return see_other(visit.request, f"/organisations/{organisation_id}", N_("The invitation is withdrawn."))


@post("/organisations/{organisation_id:uuid}/members/{account_id:uuid}/role", guards=[signed_in], status_code=303)
async def give_role(
    visit: NamedDependency[Visit], organisation_id: FromPath[UUID], account_id: FromPath[UUID]
) -> Response[Any]:
    form = await read_form(visit.request, RoleForm)
    try:
        await visit.do(change_member, organisation_id=organisation_id, account_id=account_id, role=form.role)
    except Conflict as refusal:
        return await organisation_page(visit, organisation_id=organisation_id, refusal=refusal)
    return see_other(visit.request, f"/organisations/{organisation_id}", N_("Saved."))


@post("/organisations/{organisation_id:uuid}/members/{account_id:uuid}/remove", guards=[signed_in], status_code=303)
async def remove(
    visit: NamedDependency[Visit], organisation_id: FromPath[UUID], account_id: FromPath[UUID]
) -> Response[Any]:
    try:
        await visit.do(remove_member, organisation_id=organisation_id, account_id=account_id)
    except Conflict as refusal:
        return await organisation_page(visit, organisation_id=organisation_id, refusal=refusal)
    if account_id == visit.actor.account_id:
        return see_other(visit.request, "/me", N_("You have left the organisation."))
    return see_other(visit.request, f"/organisations/{organisation_id}", N_("This person no longer belongs to it."))


@get("/invitations/{secret:str}", guards=[public])
async def show_invitation(
    request: Request[Any, Any, Any],
    secret: FromPath[str],
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
) -> Response[str]:
    """What the mailed link opens. Answering asks for a sign-in to the address that was invited."""
    async with statement(db) as tx:
        invitation = await invitation_by_secret(tx, secret=secret, now=now)
        email = None
        if isinstance(request.user, Actor):
            email = await tx.fetchval("SELECT email FROM account WHERE id = $1", request.user.account_id)
    return page(request, "people/invitation.html", each=invitation, email=email)


@post("/me/invitations/{invitation_id:uuid}/accept", guards=[signed_in], status_code=303)
async def accept(visit: NamedDependency[Visit], invitation_id: FromPath[UUID]) -> Response[Any]:
    joined = await visit.do(accept_invitation, invitation_id=invitation_id)
    return see_other(visit.request, f"/organisations/{joined}", N_("Welcome! You can book in its name now."))


@post("/me/invitations/{invitation_id:uuid}/decline", guards=[signed_in], status_code=303)
async def decline(visit: NamedDependency[Visit], invitation_id: FromPath[UUID]) -> Response[Any]:
    await visit.do(decline_invitation, invitation_id=invitation_id)
    return see_other(visit.request, "/me", N_("You have declined the invitation."))


handlers = [invite, withdraw, give_role, remove, show_invitation, accept, decline]
