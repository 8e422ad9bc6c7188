"""Add, join, change and retire spaces."""

from typing import Any
from uuid import UUID

from litestar import Response, delete, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.people.change import Change
from incubator.people.visit import Found, Visit
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


@post("/incubators/{slug:str}/spaces", operation_id="addSpace", **DESK)
async def post_space(
    visit: NamedDependency[Visit], slug: FromPath[str], data: JSONBody[NewSpace]
) -> Response[SpaceView]:
    """Add a room, desk or office; with `parts`, a joined room."""
    return await visit.create(
        _add, lambda view: f"/api/spaces/{view.id}", incubator_id=Found(incubator_key, slug), asked=data
    )


async def _add(tx: Tx, *, asked: NewSpace, **told: Any) -> SpaceView:
    told |= {"slug": asked.slug, "details": asked.details, "rules": asked.rules}
    if asked.parts:
        check_joined(kind=asked.kind, in_zone=asked.zone_id is not None)
        return await join_rooms(tx, part_ids=asked.parts, **told)
    return await add_space(tx, kind=asked.kind, zone_id=asked.zone_id, **told)


@put("/spaces/{space_id:uuid}/details", operation_id="describeSpace", **DESK)
async def put_space_details(
    change: NamedDependency[Change], space_id: FromPath[UUID], data: JSONBody[SpaceDetails]
) -> Response[SpaceView]:
    """What the public reads of it, all of it anew."""
    return await change(describe_space, space_id=space_id, details=data)


@put("/spaces/{space_id:uuid}/rules", operation_id="setSpaceRules", **DESK)
async def put_space_rules(
    change: NamedDependency[Change], space_id: FromPath[UUID], data: JSONBody[SpaceRules]
) -> Response[SpaceView]:
    """Who may book it, when and for how long, all of it anew. Bookings made before stand."""
    return await change(set_rules, space_id=space_id, rules=data)


@put("/spaces/{space_id:uuid}/parts", operation_id="setSpaceParts", **DESK)
async def put_space_parts(
    change: NamedDependency[Change], space_id: FromPath[UUID], data: JSONBody[Parts]
) -> Response[SpaceView]:
    """What a joined room is made of from now on."""
    return await change(set_parts, space_id=space_id, part_ids=data.parts)


@delete("/spaces/{space_id:uuid}", operation_id="retireSpace", **DESK)
async def delete_space(change: NamedDependency[Change], space_id: FromPath[UUID]) -> None:
    """Take it out of use for good. What was booked stands until somebody cancels it."""
    await change.do(retire_space, space_id=space_id)


handlers: list[ControllerRouterHandler] = [
    post_space,
    put_space_details,
    put_space_rules,
    put_space_parts,
    delete_space,
]
