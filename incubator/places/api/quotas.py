"""Quotas that spaces of an incubator can share. The desk's own business, so not public."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, attempt, statement
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate
from incubator.places.add_quota import add_quota
from incubator.places.api.shapes import DESK, NewQuota, Quotas, ThingMade
from incubator.places.catalogue import incubator_by_slug, quotas_of
from incubator.places.change_quota import change_quota
from incubator.places.details import QuotaLimits
from incubator.places.reach import incubator_key
from incubator.web.etags import IfMatch, seen_version, tagged
from incubator.web.idempotency import Made, created


@get("/incubators/{slug:str}/quotas", operation_id="listQuotas", **DESK)
async def list_quotas(
    slug: FromPath[str],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Quotas]:
    """All of them; the ETag is the incubator's."""
    async with statement(db) as tx:
        return await _quotas(tx, actor, slug, now)


@post("/incubators/{slug:str}/quotas", operation_id="addQuota", **DESK)
async def post_quota(
    request: Request[Any, Any, Any],
    slug: FromPath[str],
    data: JSONBody[NewQuota],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[ThingMade]:
    """A quota for each week or month; it binds nobody until a space's rules name it."""

    async def make(tx: Tx) -> Made:
        key = await incubator_key(tx, slug)
        quota_id = await add_quota(tx, actor=actor, incubator_id=key, unit=data.unit, limits=data.limits, now=now)
        return ThingMade(id=quota_id), f"/api/incubators/{slug}/quotas"

    return await created(request, db, actor.account_id, make)


@put("/incubators/{slug:str}/quotas/{quota_id:uuid}", operation_id="changeQuota", **DESK)
async def put_quota(
    slug: FromPath[str],
    quota_id: FromPath[UUID],
    data: JSONBody[QuotaLimits],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[Quotas]:
    """Other limits from the next booking on. The ETag is the incubator's."""
    seen = seen_version(if_match)

    async def act(tx: Tx) -> Response[Quotas]:
        key = await incubator_key(tx, slug)
        await change_quota(tx, actor=actor, incubator_id=key, quota_id=quota_id, limits=data, seen=seen, now=now)
        return await _quotas(tx, actor, slug, now)

    return await attempt(db, act)


async def _quotas(tx: Tx, actor: Actor, slug: str, now: datetime) -> Response[Quotas]:
    incubator = await incubator_by_slug(tx, slug=slug, now=now)
    must_coordinate(actor, incubator.gmina_id)
    return tagged(Quotas(items=await quotas_of(tx, incubator_id=incubator.id)), incubator.version)


handlers: list[ControllerRouterHandler] = [list_quotas, post_quota, put_quota]
