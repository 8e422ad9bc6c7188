"""Zones and the hot desks in them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, attempt
from incubator.people.actor import Actor
from incubator.places.add_desks import add_desks
from incubator.places.add_zone import add_zone
from incubator.places.api.shapes import DESK, NewDesks, Spaces, ThingMade
from incubator.places.catalogue import incubator_by_slug
from incubator.places.details import ZoneNames
from incubator.places.reach import incubator_key
from incubator.places.rename_zone import rename_zone
from incubator.places.views import IncubatorView
from incubator.web.etags import IfMatch, seen_version, tagged
from incubator.web.idempotency import Made, created


@post("/incubators/{slug:str}/zones", operation_id="addZone", **DESK)
async def post_zone(
    request: Request[Any, Any, Any],
    slug: FromPath[str],
    data: JSONBody[ZoneNames],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[ThingMade]:
    """An empty zone for hot desks."""

    async def make(tx: Tx) -> Made:
        key = await incubator_key(tx, slug)
        zone_id = await add_zone(tx, actor=actor, incubator_id=key, names=data, now=now)
        return ThingMade(id=zone_id), f"/api/incubators/{slug}"

    return await created(request, db, actor.account_id, make)


@put("/incubators/{slug:str}/zones/{zone_id:uuid}", operation_id="renameZone", **DESK)
async def put_zone(
    slug: FromPath[str],
    zone_id: FromPath[UUID],
    data: JSONBody[ZoneNames],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[IncubatorView]:
    """Call it something else. The ETag is the incubator's."""
    seen = seen_version(if_match)

    async def act(tx: Tx) -> IncubatorView:
        key = await incubator_key(tx, slug)
        await rename_zone(tx, actor=actor, incubator_id=key, zone_id=zone_id, names=data, seen=seen, now=now)
        return await incubator_by_slug(tx, slug=slug, now=now)

    view = await attempt(db, act)
    return tagged(view, view.version)


@post("/incubators/{slug:str}/zones/{zone_id:uuid}/desks", operation_id="addDesks", **DESK)
async def post_desks(
    request: Request[Any, Any, Any],
    slug: FromPath[str],
    zone_id: FromPath[UUID],
    data: JSONBody[NewDesks],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Spaces]:
    """Put hot desks into it that are as good as each other."""

    async def make(tx: Tx) -> Made:
        key = await incubator_key(tx, slug)
        desks = await add_desks(
            tx,
            actor=actor,
            incubator_id=key,
            zone_id=zone_id,
            count=data.count,
            names=data.names,
            rules=data.rules,
            now=now,
        )
        return Spaces(items=desks), f"/api/incubators/{slug}"

    return await created(request, db, actor.account_id, make)


handlers: list[ControllerRouterHandler] = [post_zone, put_zone, post_desks]
