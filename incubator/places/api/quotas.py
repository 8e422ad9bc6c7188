"""Quotas that spaces of an incubator can share. The desk's own business, so not public."""

from uuid import UUID

from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx, statement
from incubator.people.change import Change
from incubator.people.guards import must_coordinate
from incubator.people.visit import Found, Visit
from incubator.places.add_quota import add_quota
from incubator.places.api.shapes import DESK, NewQuota, Quotas, ThingMade
from incubator.places.catalogue import incubator_by_slug, quotas_of
from incubator.places.change_quota import change_quota
from incubator.places.details import QuotaLimits
from incubator.places.reach import incubator_key
from incubator.web.etags import tagged


@get("/incubators/{slug:str}/quotas", operation_id="listQuotas", **DESK)
async def list_quotas(visit: NamedDependency[Visit], slug: FromPath[str]) -> Response[Quotas]:
    """All of them; the ETag is the incubator's."""
    async with statement(visit.db) as tx:
        return await _quotas(tx, visit, slug)


@post("/incubators/{slug:str}/quotas", operation_id="addQuota", **DESK)
async def post_quota(
    visit: NamedDependency[Visit], slug: FromPath[str], data: JSONBody[NewQuota]
) -> Response[ThingMade]:
    """A quota for each week or month; it binds nobody until a space's rules name it."""
    return await visit.create(
        add_quota,
        f"/api/incubators/{slug}/quotas",
        lambda quota_id: ThingMade(id=quota_id),
        incubator_id=Found(incubator_key, slug),
        unit=data.unit,
        limits=data.limits,
    )


@put("/incubators/{slug:str}/quotas/{quota_id:uuid}", operation_id="changeQuota", **DESK)
async def put_quota(
    change: NamedDependency[Change], slug: FromPath[str], quota_id: FromPath[UUID], data: JSONBody[QuotaLimits]
) -> Response[Quotas]:
    """Other limits from the next booking on. The ETag is the incubator's."""
    return await change.then(
        lambda tx: _quotas(tx, change.visit, slug),
        change_quota,
        incubator_id=Found(incubator_key, slug),
        quota_id=quota_id,
        limits=data,
    )


async def _quotas(tx: Tx, visit: Visit, slug: str) -> Response[Quotas]:
    incubator = await incubator_by_slug(tx, slug=slug, now=visit.now)
    must_coordinate(visit.actor, incubator.gmina_id)
    return tagged(Quotas(items=await quotas_of(tx, incubator_id=incubator.id)), incubator.version)


handlers: list[ControllerRouterHandler] = [list_quotas, post_quota, put_quota]
