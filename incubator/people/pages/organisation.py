"""One organisation's page: what it is, who belongs to it, who is invited."""

from uuid import UUID

from litestar import Response

from incubator.db.engine import statement
from incubator.kernel.errors import Refusal
from incubator.people.invitations import invitations_for
from incubator.people.queries import members_for, organisation_for
from incubator.people.visit import Visit
from incubator.web.pages import page
from incubator.web.problems import said, status_of


async def organisation_page(
    visit: Visit, *, organisation_id: UUID, refusal: Refusal | None = None, email: str = ""
) -> Response[str]:
    """The page, with a refusal said above the members, and the address typed into the invitation.
    Raises NoSuchOrganisation."""
    actor = visit.actor
    async with statement(visit.db) as tx:
        organisation = await organisation_for(tx, actor=actor, organisation_id=organisation_id)
        inside = organisation.my_role is not None or actor.is_administrator
        members = await members_for(tx, actor=actor, organisation_id=organisation_id)
        invitations = (
            await invitations_for(tx, actor=actor, organisation_id=organisation_id, now=visit.now) if inside else []
        )
    return page(
        visit.request,
        "people/organisation.html",
        status=status_of(refusal) if refusal else 200,
        problem=said(visit.request, refusal) if refusal else "",
        organisation=organisation,
        members=members,
        invitations=invitations,
        may_change=organisation.my_role == "owner" or actor.is_administrator,
        email=email,
    )
