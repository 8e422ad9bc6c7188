"""Apply: begin, save, hand in, supplement, take back; and the lists of what is mine and what came in."""

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
from incubator.db.engine import attempt, statement
from incubator.people.change import Change
from incubator.people.visit import Visit
from incubator.web.bodies import Moment
from incubator.web.cursors import Cursor, read_cursor, write_cursor
from incubator.web.etags import tagged

Ask = Request[Any, Any, Any]
Limit = Annotated[int, QueryParameter(ge=1, le=100)]


@get("/applications", operation_id="listApplications", **READ)
async def get_applications(visit: NamedDependency[Visit], after: Cursor = None, limit: Limit = 50) -> Applications:
    """One's own applications and those of one's organisations, the last changed first."""
    seen = read_cursor(after, Moment)
    async with statement(visit.db) as tx:
        found = await applications_of(tx, actor=visit.actor)
    rest = [one for one in found if seen is None or (-one.changed_at.timestamp(), one.id) > (-seen[0].timestamp(), seen[1])]  # fmt: skip
    last = rest[limit - 1] if len(rest) > limit else None
    return Applications(
        items=[application_json(one) for one in rest[:limit]],
        next=write_cursor(last.changed_at, last.id) if last else None,
    )


@get("/editions/{edition_id:uuid}/applications", operation_id="listApplicationsOfEdition", **DESK_READ)
async def get_applications_of_edition(
    visit: NamedDependency[Visit],
    edition_id: FromPath[UUID],
    in_state: Annotated[State | None, QueryParameter(name="state")] = None,
    after: Cursor = None,
    limit: Limit = 50,
) -> Applications:
    """What was handed in, by number, for who runs the edition; drafts are their applicants' alone."""
    seen = read_cursor(after, int)
    async with statement(visit.db) as tx:
        found = await applications_in(
            tx,
            actor=visit.actor,
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
async def post_application(visit: NamedDependency[Visit], data: JSONBody[NewApplication]) -> Response[Application]:
    """Begin a draft while the call is open; one for each organisation or person."""
    return await visit.create(
        start_application,
        lambda made: f"/api/applications/{made.id}",
        application_json,
        edition_id=data.edition_id,
        organisation_id=data.organisation_id,
    )


@get("/applications/{application_id:uuid}", operation_id="getApplication", **READ)
async def get_application(visit: NamedDependency[Visit], application_id: FromPath[UUID]) -> Response[Application]:
    """One application, for its applicant, and once it was handed in for who runs the edition."""
    async with statement(visit.db) as tx:
        view = await application_for(tx, actor=visit.actor, application_id=application_id)
    return tagged(application_json(view, desk=not is_applicant(visit.actor, view)), view.version)


@put("/applications/{application_id:uuid}", operation_id="saveApplication", **WRITE)
async def put_application(
    change: NamedDependency[Change], application_id: FromPath[UUID], data: JSONBody[Draft]
) -> Response[Application]:
    """Save the draft, all of it anew but for its files; whatever it says is kept, whether it fits or not."""
    view = await change.do(save_draft, application_id=application_id, draft=data)
    return tagged(application_json(view), view.version)


@post("/applications/{application_id:uuid}/submit", operation_id="submitApplication", status_code=200, **WRITE)
async def post_submit(
    visit: NamedDependency[Visit], application_id: FromPath[UUID], data: JSONBody[HandIn]
) -> Response[Application]:
    """Hand it in. `application_incomplete` and `not_eligible` list all that stands in the way."""
    clock = visit.request.app.state.clock
    view = await attempt(
        visit.db,
        lambda tx: submit(
            tx, actor=visit.actor, application_id=application_id, terms_version=data.terms_version, clock=clock
        ),
    )
    return tagged(application_json(view), view.version)


@post("/applications/{application_id:uuid}/supplement", operation_id="supplementApplication", status_code=200, **WRITE)
async def post_supplement(visit: NamedDependency[Visit], application_id: FromPath[UUID]) -> Response[Application]:
    """Hand in again what the formal check asked for, once and in time."""
    clock = visit.request.app.state.clock
    view = await attempt(
        visit.db, lambda tx: supplement(tx, actor=visit.actor, application_id=application_id, clock=clock)
    )
    return tagged(application_json(view), view.version)


@post("/applications/{application_id:uuid}/withdraw", operation_id="withdrawApplication", status_code=200, **WRITE)
async def post_withdraw(visit: NamedDependency[Visit], application_id: FromPath[UUID]) -> Response[Application]:
    """Take it back, before anything final is said of it. Of a draft nothing is kept."""
    view = await visit.do(withdraw, application_id=application_id)
    return tagged(application_json(view), view.version)


@get("/applications/{application_id:uuid}/submissions", operation_id="listSubmissions", **READ)
async def get_submissions(visit: NamedDependency[Visit], application_id: FromPath[UUID]) -> Submissions:
    """What was handed in, as it was, the first first; a second one after a supplementation. For its applicant
    and for who runs the edition."""
    async with statement(visit.db) as tx:
        await application_for(tx, actor=visit.actor, application_id=application_id)
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
