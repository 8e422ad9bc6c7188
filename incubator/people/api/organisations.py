"""Organisations."""

from typing import Annotated
from uuid import UUID

from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from incubator.db.engine import statement
from incubator.people.api.shapes import OrganisationBody, Organisations, after_id, next_of
from incubator.people.change import Change
from incubator.people.change_organisation import change_organisation
from incubator.people.close_organisation import close_organisation
from incubator.people.found_organisation import found_organisation
from incubator.people.guards import scope, signed_in
from incubator.people.queries import organisation_for, organisations_for
from incubator.people.views import OrganisationView
from incubator.people.visit import Visit
from incubator.web.cursors import Cursor
from incubator.web.etags import tagged
from incubator.web.problems import problems

READ = [signed_in, scope("organisations:read")]
WRITE = [signed_in, scope("organisations:write")]


@get("/organisations", operation_id="listOrganisations", guards=READ, responses=problems(401, 403, 422))
async def list_organisations(
    visit: NamedDependency[Visit], after: Cursor = None, limit: Annotated[int, QueryParameter(ge=1, le=100)] = 50
) -> Organisations:
    """Those one belongs to; for a coordinator also those at home in the gmina."""
    last = after_id(after)
    async with statement(visit.db) as tx:
        found = await organisations_for(tx, actor=visit.actor, after=last, limit=limit + 1)
    return Organisations(found[:limit], next_of([each.id for each in found], limit))


@post(
    "/organisations",
    operation_id="createOrganisation",
    guards=WRITE,
    responses=problems(401, 403, 409, 422),
)
async def create_organisation(
    visit: NamedDependency[Visit], data: JSONBody[OrganisationBody]
) -> Response[OrganisationView]:
    """A new organisation that one owns."""
    return await visit.create(found_organisation, lambda made: f"/api/organisations/{made.id}", details=data.details())


@get(
    "/organisations/{organisation_id:uuid}",
    operation_id="getOrganisation",
    guards=READ,
    responses=problems(401, 403, 404),
)
async def get_organisation(
    visit: NamedDependency[Visit], organisation_id: FromPath[UUID]
) -> Response[OrganisationView]:
    """One organisation, with its ETag."""
    async with statement(visit.db) as tx:
        found = await organisation_for(tx, actor=visit.actor, organisation_id=organisation_id)
    return tagged(found, found.version)


@put(
    "/organisations/{organisation_id:uuid}",
    operation_id="changeOrganisation",
    guards=WRITE,
    responses=problems(401, 403, 404, 409, 412, 422),
)
async def put_organisation(
    change: NamedDependency[Change], organisation_id: FromPath[UUID], data: JSONBody[OrganisationBody]
) -> Response[OrganisationView]:
    """All details anew. `If-Match` is required."""
    return await change(change_organisation, organisation_id=organisation_id, details=data.details())


@post(
    "/organisations/{organisation_id:uuid}/close",
    operation_id="closeOrganisation",
    guards=WRITE,
    status_code=204,
    responses=problems(401, 403, 404, 409),
)
async def close(visit: NamedDependency[Visit], organisation_id: FromPath[UUID]) -> None:
    """For good: coming bookings are cancelled, nobody belongs to it any more."""
    elsewhere = visit.request.app.state.elsewhere
    await visit.do(close_organisation, organisation_id=organisation_id, elsewhere=elsewhere)


handlers = [list_organisations, create_organisation, get_organisation, put_organisation, close]
