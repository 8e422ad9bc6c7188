"""Start incubators, describe them, open and close them."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, attempt
from incubator.people.actor import Actor
from incubator.places.add_incubator import add_incubator
from incubator.places.api.shapes import DESK, NewIncubator, NewStatus
from incubator.places.describe_incubator import describe_incubator
from incubator.places.details import IncubatorDetails
from incubator.places.reach import gmina_key, incubator_key
from incubator.places.set_status import set_status
from incubator.places.states import Status
from incubator.places.views import IncubatorView
from incubator.web.etags import IfMatch, seen_version, tagged
from incubator.web.idempotency import Made, created


@post("/incubators", operation_id="addIncubator", **DESK)
async def post_incubator(
    request: Request[Any, Any, Any],
    data: JSONBody[NewIncubator],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[IncubatorView]:
    """Start an incubator: planned at first, and closed until its hours are set."""

    async def make(tx: Tx) -> Made:
        key = await gmina_key(tx, data.gmina)
        view = await add_incubator(
            tx, actor=actor, gmina_id=key, code=data.code, slug=data.slug, details=data.details, now=now
        )
        return view, f"/api/incubators/{view.slug}"

    return await created(request, db, actor.account_id, make)


@put("/incubators/{slug:str}/details", operation_id="describeIncubator", **DESK)
async def put_incubator_details(
    slug: FromPath[str],
    data: JSONBody[IncubatorDetails],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[IncubatorView]:
    """What the public reads of it, all of it anew."""
    seen = seen_version(if_match)

    async def act(tx: Tx) -> IncubatorView:
        key = await incubator_key(tx, slug)
        return await describe_incubator(tx, actor=actor, incubator_id=key, details=data, seen=seen, now=now)

    view = await attempt(db, act)
    return tagged(view, view.version)


@put("/incubators/{slug:str}/status", operation_id="setIncubatorStatus", **DESK)
async def put_incubator_status(
    slug: FromPath[str],
    data: JSONBody[NewStatus],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[IncubatorView]:
    """Open it for booking, or close it. What was booked stands."""
    seen = seen_version(if_match)

    async def act(tx: Tx) -> IncubatorView:
        key = await incubator_key(tx, slug)
        return await set_status(tx, actor=actor, incubator_id=key, status=Status(data.status), seen=seen, now=now)

    view = await attempt(db, act)
    return tagged(view, view.version)


handlers: list[ControllerRouterHandler] = [post_incubator, put_incubator_details, put_incubator_status]
