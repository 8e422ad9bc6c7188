"""Zones and the hot desks in them."""

from uuid import UUID

from litestar import Response, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.people.change import Change
from incubator.people.visit import Found, Visit
from incubator.places.add_desks import add_desks
from incubator.places.add_zone import add_zone
from incubator.places.api.shapes import DESK, NewDesks, Spaces, ThingMade
from incubator.places.catalogue import incubator_by_slug
from incubator.places.details import ZoneNames
from incubator.places.reach import incubator_key
from incubator.places.rename_zone import rename_zone
from incubator.places.views import IncubatorView
from incubator.web.etags import tagged


@post("/incubators/{slug:str}/zones", operation_id="addZone", **DESK)
async def post_zone(
    visit: NamedDependency[Visit], slug: FromPath[str], data: JSONBody[ZoneNames]
) -> Response[ThingMade]:
    """An empty zone for hot desks."""
    return await visit.create(
        add_zone,
        f"/api/incubators/{slug}",
        lambda zone_id: ThingMade(id=zone_id),
        incubator_id=Found(incubator_key, slug),
        names=data,
    )


@put("/incubators/{slug:str}/zones/{zone_id:uuid}", operation_id="renameZone", **DESK)
async def put_zone(
    change: NamedDependency[Change], slug: FromPath[str], zone_id: FromPath[UUID], data: JSONBody[ZoneNames]
) -> Response[IncubatorView]:
    """Call it something else. The ETag is the incubator's."""
    view = await change.then(
        lambda tx: incubator_by_slug(tx, slug=slug, now=change.visit.now),
        rename_zone,
        incubator_id=Found(incubator_key, slug),
        zone_id=zone_id,
        names=data,
    )
    return tagged(view, view.version)


@post("/incubators/{slug:str}/zones/{zone_id:uuid}/desks", operation_id="addDesks", **DESK)
async def post_desks(
    visit: NamedDependency[Visit], slug: FromPath[str], zone_id: FromPath[UUID], data: JSONBody[NewDesks]
) -> Response[Spaces]:
    """Put hot desks into it that are as good as each other."""
    return await visit.create(
        add_desks,
        f"/api/incubators/{slug}",
        lambda desks: Spaces(items=desks),
        incubator_id=Found(incubator_key, slug),
        zone_id=zone_id,
        count=data.count,
        names=data.names,
        rules=data.rules,
    )


handlers: list[ControllerRouterHandler] = [post_zone, put_zone, post_desks]
