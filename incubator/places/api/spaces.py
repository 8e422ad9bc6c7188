"""Add, join, change and retire spaces."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, delete, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, attempt
from incubator.people.actor import Actor
from incubator.places.add_space import add_space
from incubator.places.api.shapes import DESK, NewSpace, Parts
from incubator.places.describe_space import describe_space
from incubator.places.details import SpaceDetails, SpaceRules
from incubator.places.join_rooms import join_rooms
from incubator.places.reach import incubator_key
from incubator.places.retire_space import retire_space
from incubator.places.rules import check_joined
from incubator.places.set_parts import set_parts
from incubator.places.set_rules import set_rules
from incubator.places.views import SpaceView
from incubator.web.etags import IfMatch, seen_version, tagged
from incubator.web.idempotency import Made, created


@post("/incubators/{slug:str}/spaces", operation_id="addSpace", **DESK)
async def post_space(
    request: Request[Any, Any, Any],
    slug: FromPath[str],
    data: JSONBody[NewSpace],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[SpaceView]:
    """Add a room, desk or office; with `parts`, a joined room."""

    async def make(tx: Tx) -> Made:
        view = await _add(tx, actor, await incubator_key(tx, slug), data, now)
        return view, f"/api/spaces/{view.id}"

    return await created(request, db, actor.account_id, make)


async def _add(tx: Tx, actor: Actor, incubator_id: UUID, data: NewSpace, now: datetime) -> SpaceView:
    common: dict[str, Any] = {"actor": actor, "incubator_id": incubator_id, "slug": data.slug, "now": now}
    if data.parts:
        check_joined(kind=data.kind, in_zone=data.zone_id is not None)
        return await join_rooms(tx, part_ids=data.parts, details=data.details, rules=data.rules, **common)
    return await add_space(tx, kind=data.kind, zone_id=data.zone_id, details=data.details, rules=data.rules, **common)


@put("/spaces/{space_id:uuid}/details", operation_id="describeSpace", **DESK)
async def put_space_details(
    space_id: FromPath[UUID],
    data: JSONBody[SpaceDetails],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[SpaceView]:
    """What the public reads of it, all of it anew."""
    seen = seen_version(if_match)
    view = await attempt(
        db, lambda tx: describe_space(tx, actor=actor, space_id=space_id, details=data, seen=seen, now=now)
    )
    return tagged(view, view.version)


@put("/spaces/{space_id:uuid}/rules", operation_id="setSpaceRules", **DESK)
async def put_space_rules(
    space_id: FromPath[UUID],
    data: JSONBody[SpaceRules],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[SpaceView]:
    """Who may book it, when and for how long, all of it anew. Bookings made before stand."""
    seen = seen_version(if_match)
    view = await attempt(db, lambda tx: set_rules(tx, actor=actor, space_id=space_id, rules=data, seen=seen, now=now))
    return tagged(view, view.version)


@put("/spaces/{space_id:uuid}/parts", operation_id="setSpaceParts", **DESK)
async def put_space_parts(
    space_id: FromPath[UUID],
    data: JSONBody[Parts],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[SpaceView]:
    """What a joined room is made of from now on."""
    seen = seen_version(if_match)
    view = await attempt(
        db, lambda tx: set_parts(tx, actor=actor, space_id=space_id, part_ids=data.parts, seen=seen, now=now)
    )
    return tagged(view, view.version)


@delete("/spaces/{space_id:uuid}", operation_id="retireSpace", **DESK)
async def delete_space(
    space_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> None:
    """Take it out of use for good. What was booked stands until somebody cancels it."""
    seen = seen_version(if_match)
    await attempt(db, lambda tx: retire_space(tx, actor=actor, space_id=space_id, seen=seen, now=now))


handlers: list[ControllerRouterHandler] = [
    post_space,
    put_space_details,
    put_space_rules,
    put_space_parts,
    delete_space,
]
