"""Apply: begin, save, hand in, supplement, take back; and the lists of what is mine and what came in."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.applications.api.shapes import (
    DESK_READ,
    READ,
    WRITE,
    Application,
    Applications,
    HandIn,
    NewApplication,
    Submissions,
    application_json,
)
from incubator.applications.details import Draft
from incubator.applications.queries import application_for, applications_in, applications_of, is_applicant
from incubator.applications.save_draft import save_draft
from incubator.applications.start_application import start_application
from incubator.applications.states import State
from incubator.applications.submissions import submissions_of
from incubator.applications.submit import submit
from incubator.applications.supplement import supplement
from incubator.applications.withdraw import withdraw
from incubator.db.engine import Database, Tx, attempt, statement
from incubator.people.actor import Actor
from incubator.web.bodies import Moment
from incubator.web.cursors import Cursor, read_cursor, write_cursor
from incubator.web.etags import IfMatch, seen_version, tagged
from incubator.web.idempotency import Made, created

Ask = Request[Any, Any, Any]
Limit = Annotated[int, QueryParameter(ge=1, le=100)]


@get("/applications", operation_id="listApplications", **READ)
async def get_applications(
    db: NamedDependency[Database], actor: NamedDependency[Actor], after: Cursor = None, limit: Limit = 50
) -> Applications:
    """One's own applications and those of one's organisations, the last changed first."""
    seen = read_cursor(after, Moment)
    async with statement(db) as tx:
        found = await applications_of(tx, actor=actor)
    rest = [one for one in found if seen is None or (-one.changed_at.timestamp(), one.id) > (-seen[0].timestamp(), seen[1])]  # fmt: skip
    last = rest[limit - 1] if len(rest) > limit else None
    return Applications(
        items=[application_json(one) for one in rest[:limit]],
        next=write_cursor(last.changed_at, last.id) if last else None,
    )


@get("/editions/{edition_id:uuid}/applications", operation_id="listApplicationsOfEdition", **DESK_READ)
async def get_applications_of_edition(
    edition_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    in_state: Annotated[State | None, QueryParameter(name="state")] = None,
    after: Cursor = None,
    limit: Limit = 50,
) -> Applications:
    """What was handed in, by number, for who runs the edition; drafts are their applicants' alone."""
    seen = read_cursor(after, int)
    async with statement(db) as tx:
        found = await applications_in(
            tx,
            actor=actor,
            edition_id=edition_id,
            states={in_state} if in_state else None,
            after=max(0, min(seen[0], 2**31 - 1)) if seen else 0,
            limit=limit + 1,
        )
    last = found[limit - 1] if len(found) > limit else None
    return Applications(
        items=[application_json(one, desk=True) for one in found[:limit]],
        next=write_cursor(last.number, last.id) if last else None,
    )


@post("/applications", operation_id="startApplication", **WRITE)
async def post_application(
    request: Ask,
    data: JSONBody[NewApplication],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Application]:
    """Begin a draft while the call is open; one for each organisation or person."""

    async def make(tx: Tx) -> Made:
        made = await start_application(
            tx, actor=actor, edition_id=data.edition_id, organisation_id=data.organisation_id, now=now
        )
        return application_json(made), f"/api/applications/{made.id}"

    return await created(request, db, actor.account_id, make)


@get("/applications/{application_id:uuid}", operation_id="getApplication", **READ)
async def get_application(
    application_id: FromPath[UUID], db: NamedDependency[Database], actor: NamedDependency[Actor]
) -> Response[Application]:
    """One application, for its applicant, and once it was handed in for who runs the edition."""
    async with statement(db) as tx:
        view = await application_for(tx, actor=actor, application_id=application_id)
    return tagged(application_json(view, desk=not is_applicant(actor, view)), view.version)


@put("/applications/{application_id:uuid}", operation_id="saveApplication", **WRITE)
async def put_application(
    application_id: FromPath[UUID],
    data: JSONBody[Draft],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[Application]:
    """Save the draft, all of it anew but for its files; whatever it says is kept, whether it fits or not."""
    seen = seen_version(if_match)
    view = await attempt(
        db, lambda tx: save_draft(tx, actor=actor, application_id=application_id, draft=data, seen=seen, now=now)
    )
    return tagged(application_json(view), view.version)


@post("/applications/{application_id:uuid}/submit", operation_id="submitApplication", status_code=200, **WRITE)
async def post_submit(
    request: Ask,
    application_id: FromPath[UUID],
    data: JSONBody[HandIn],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
) -> Response[Application]:
    """Hand it in. `application_incomplete` and `not_eligible` list all that stands in the way."""
    clock = request.app.state.clock
    view = await attempt(
        db,
        lambda tx: submit(
            tx, actor=actor, application_id=application_id, terms_version=data.terms_version, clock=clock
        ),
    )
    return tagged(application_json(view), view.version)


@post("/applications/{application_id:uuid}/supplement", operation_id="supplementApplication", status_code=200, **WRITE)
async def post_supplement(
    request: Ask, application_id: FromPath[UUID], db: NamedDependency[Database], actor: NamedDependency[Actor]
) -> Response[Application]:
    """Hand in again what the formal check asked for, once and in time."""
    clock = request.app.state.clock
    view = await attempt(db, lambda tx: supplement(tx, actor=actor, application_id=application_id, clock=clock))
    return tagged(application_json(view), view.version)


@post("/applications/{application_id:uuid}/withdraw", operation_id="withdrawApplication", status_code=200, **WRITE)
async def post_withdraw(
    application_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Application]:
    """Take it back, before anything final is said of it. Of a draft nothing is kept."""
    view = await attempt(db, lambda tx: withdraw(tx, actor=actor, application_id=application_id, now=now))
    return tagged(application_json(view), view.version)


@get("/applications/{application_id:uuid}/submissions", operation_id="listSubmissions", **READ)
async def get_submissions(
    application_id: FromPath[UUID], db: NamedDependency[Database], actor: NamedDependency[Actor]
) -> Submissions:
    """What was handed in, as it was, the first first; a second one after a supplementation. For its applicant
    and for who runs the edition."""
    async with statement(db) as tx:
        await application_for(tx, actor=actor, application_id=application_id)
        return Submissions(items=await submissions_of(tx, application_id=application_id))


handlers: list[ControllerRouterHandler] = [
    get_applications,
    get_applications_of_edition,
    post_application,
    get_application,
    get_submissions,
    put_application,
    post_submit,
    post_supplement,
    post_withdraw,
]
