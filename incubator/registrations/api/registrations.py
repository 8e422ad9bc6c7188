"""Register, wait, leave: for who comes."""

from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Request, Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx, statement
from incubator.people.actor import Actor
from incubator.people.asking import BY_MEMORY, surely
from incubator.people.guards import scope, signed_in
from incubator.people.visit import Visit
from incubator.registrations.api.shapes import (
    Acceptance,
    ChosenStalls,
    Limit,
    NewRegistration,
    Registration,
    Registrations,
    order_of,
    registration_json,
    registrations_json,
)
from incubator.registrations.colleagues import count_colleagues
from incubator.registrations.join_line import join_line
from incubator.registrations.listing import PAGE, registrations_of_person
from incubator.registrations.own import cancel_own, choose_own_stalls, confirm_own
from incubator.registrations.queries import registration_for
from incubator.registrations.register import register
from incubator.registrations.register_together import register_together
from incubator.registrations.views import RegistrationView
from incubator.web.cursors import Cursor
from incubator.web.etags import tagged
from incubator.web.idempotency import Made, created
from incubator.web.problems import problems

WRITE: dict[str, Any] = {
    "guards": [signed_in, scope("exchanges:write")],
    "responses": problems(401, 403, 404, 409, 410, 422, 429),
}
READ: dict[str, Any] = {
    "guards": [signed_in, scope("exchanges:read")],
    "responses": problems(401, 403, 404, 422),
}


@post("/sessions/{session_id:uuid}/registrations", operation_id="registerForSession", opt=BY_MEMORY, **WRITE)
async def register_for_session(
    request: Request[Any, Any, Any], session_id: FromPath[UUID], data: JSONBody[NewRegistration]
) -> Response[Registration]:
    """Take seats. 409 `session_full` where too few are left: then there is the waiting list."""
    # Asked of the state, not injected: two dependencies cost as much as the rules.
    db, now, order = request.app.state.db, request.app.state.clock(), order_of(session_id, data)

    async def act(actor: Actor) -> Response[Registration]:
        await count_colleagues(db, actor=actor, order=order, now=now)

        async def quickly() -> Made | None:
            made = await register_together(request.app.state.registering, actor=actor, order=order, now=now)
            return _made(made) if made is not None else None

        async def make(tx: Tx) -> Made:
            return _made(await register(tx, actor=actor, order=order, now=now))

        return await created(request, db, actor.account_id, make, one_statement=True, quickly=quickly)

    return await surely(request, act)


@post("/sessions/{session_id:uuid}/waiting", operation_id="waitForSession", **WRITE)
async def wait_for_session(
    session_id: FromPath[UUID],
    data: JSONBody[NewRegistration],
    visit: NamedDependency[Visit],
) -> Response[Registration]:
    """Join the waiting list of a full session. Freed seats are offered by mail, for some hours each; with them the
    stalls that were wished for, where they are free."""

    order = order_of(session_id, data)
    await count_colleagues(visit.db, actor=visit.actor, order=order, now=visit.now)

    async def make(tx: Tx) -> Made:
        return _made(await join_line(tx, actor=visit.actor, order=order, now=visit.now))

    return await created(visit.request, visit.db, visit.actor.account_id, make)


@get("/registrations", operation_id="listRegistrations", **READ)
async def list_registrations(
    visit: NamedDependency[Visit],
    when: Annotated[Literal["coming", "past"], QueryParameter()] = "coming",
    after: Cursor = None,
    limit: Limit = PAGE,
) -> Registrations:
    """One's own, with tickets, in pages: what comes, the next one first, or what is over, the latest first."""
    past = when == "past"
    async with statement(visit.db) as tx:
        found = await registrations_of_person(tx, actor=visit.actor, now=visit.now, past=past, after=after, limit=limit)
    return registrations_json(found)


@get("/registrations/{registration_id:uuid}", operation_id="getRegistration", **READ)
async def get_registration(registration_id: FromPath[UUID], visit: NamedDependency[Visit]) -> Response[Registration]:
    """One's own, with its tickets."""
    async with statement(visit.db) as tx:
        view = await registration_for(tx, actor=visit.actor, registration_id=registration_id)
    return tagged(registration_json(view), view.version)


@post("/registrations/{registration_id:uuid}/confirm", operation_id="confirmRegistration", status_code=200, **WRITE)
async def confirm_registration(
    registration_id: FromPath[UUID],
    data: JSONBody[Acceptance],
    visit: NamedDependency[Visit],
) -> Response[Registration]:
    """Take seats that are offered to one who waited."""
    view = await visit.do(confirm_own, registration_id=registration_id, stalls=data.stalls)
    return tagged(registration_json(view), view.version)


@put("/registrations/{registration_id:uuid}/stalls", operation_id="chooseStalls", **WRITE)
async def put_stalls(
    registration_id: FromPath[UUID],
    data: JSONBody[ChosenStalls],
    visit: NamedDependency[Visit],
) -> Response[Registration]:
    """Stand at other stalls of the market day, or at none. What is left is free for others."""
    view = await visit.do(choose_own_stalls, registration_id=registration_id, stalls=data.stalls)
    return tagged(registration_json(view), view.version)


@post("/registrations/{registration_id:uuid}/cancel", operation_id="cancelRegistration", status_code=200, **WRITE)
async def cancel_registration(
    registration_id: FromPath[UUID],
    visit: NamedDependency[Visit],
) -> Response[Registration]:
    """Leave, until the session begins: the seats go on to who waits."""
    view = await visit.do(cancel_own, registration_id=registration_id)
    return tagged(registration_json(view), view.version)


def _made(view: RegistrationView) -> Made:
    return registration_json(view), f"/api/registrations/{view.id}"


handlers: list[ControllerRouterHandler] = [
    register_for_session,
    wait_for_session,
    list_registrations,
    get_registration,
    confirm_registration,
    put_stalls,
    cancel_registration,
]
