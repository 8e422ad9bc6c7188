"""Organisations."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from incubator.db.engine import Database, Tx, attempt, statement
from incubator.people.actor import Actor
from incubator.people.api.shapes import OrganisationBody, Organisations, after_id, next_of
from incubator.people.change_organisation import change_organisation
from incubator.people.close_organisation import close_organisation
from incubator.people.found_organisation import found_organisation
from incubator.people.guards import scope, signed_in
from incubator.people.queries import organisation_for, organisations_for
from incubator.people.views import OrganisationView
from incubator.web.cursors import Cursor
from incubator.web.etags import IfMatch, seen_version, tagged
from incubator.web.idempotency import Made, created
from incubator.web.problems import problems

READ = [signed_in, scope("organisations:read")]
WRITE = [signed_in, scope("organisations:write")]


@get("/organisations", operation_id="listOrganisations", guards=READ, responses=problems(401, 403, 422))
async def list_organisations(
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    after: Cursor = None,
    limit: Annotated[int, QueryParameter(ge=1, le=100)] = 50,
) -> Organisations:
    """Those one belongs to; for a coordinator also those at home in the gmina."""
    last = after_id(after)
    async with statement(db) as tx:
        found = await organisations_for(tx, actor=actor, after=last, limit=limit + 1)
    return Organisations(found[:limit], next_of([each.id for each in found], limit))


@post(
    "/organisations",
    operation_id="createOrganisation",
    guards=WRITE,
    responses=problems(401, 403, 409, 422),
)
async def create_organisation(
    request: Request[Any, Any, Any],
    data: JSONBody[OrganisationBody],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[OrganisationView]:
    """A new organisation that one owns."""

    async def make(tx: Tx) -> Made:
        made = await found_organisation(tx, actor=actor, details=data.details(), now=now)
        return made, f"/api/organisations/{made.id}"

    return await created(request, db, actor.account_id, make)


@get(
    "/organisations/{organisation_id:uuid}",
    operation_id="getOrganisation",
    guards=READ,
    responses=problems(401, 403, 404),
)
async def get_organisation(
    organisation_id: FromPath[UUID], db: NamedDependency[Database], actor: NamedDependency[Actor]
) -> Response[OrganisationView]:
    """One organisation, with its ETag."""
    async with statement(db) as tx:
        found = await organisation_for(tx, actor=actor, organisation_id=organisation_id)
    return tagged(found, found.version)


@put(
    "/organisations/{organisation_id:uuid}",
    operation_id="changeOrganisation",
    guards=WRITE,
    responses=problems(401, 403, 404, 409, 412, 422),
)
async def put_organisation(
    organisation_id: FromPath[UUID],
    data: JSONBody[OrganisationBody],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[OrganisationView]:
    """All details anew. `If-Match` is required."""
    seen = seen_version(if_match)
    changed = await attempt(
        db,
        lambda tx: change_organisation(
            tx, actor=actor, organisation_id=organisation_id, details=data.details(), seen=seen, now=now
        ),
    )
    return tagged(changed, changed.version)


@post(
    "/organisations/{organisation_id:uuid}/close",
    operation_id="closeOrganisation",
    guards=WRITE,
    status_code=204,
    responses=problems(401, 403, 404, 409),
)
async def close(
    request: Request[Any, Any, Any],
    organisation_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> None:
    """For good: coming bookings are cancelled, nobody belongs to it any more."""
    elsewhere = request.app.state.elsewhere
    await attempt(
        db,
        lambda tx: close_organisation(tx, actor=actor, organisation_id=organisation_id, elsewhere=elsewhere, now=now),
    )


handlers = [list_organisations, create_organisation, get_organisation, put_organisation, close]
