"""Take gminas into the bundle, and let them show themselves."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, attempt
from incubator.people.actor import Actor
from incubator.people.guards import administrator, scope
from incubator.places.add_gmina import add_gmina
from incubator.places.api.shapes import DESK, NewGmina
from incubator.places.describe_gmina import describe_gmina
from incubator.places.details import GminaDetails
from incubator.places.reach import gmina_key
from incubator.places.views import GminaView
from incubator.web.etags import IfMatch, seen_version, tagged
from incubator.web.idempotency import Made, created
from incubator.web.problems import problems


@post(
    "/gminas",
    operation_id="addGmina",
    guards=[administrator, scope("places:write")],
    responses=problems(401, 403, 409, 422),
)
async def post_gmina(
    request: Request[Any, Any, Any],
    data: JSONBody[NewGmina],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[GminaView]:
    """Take a gmina into the bundle."""

    async def make(tx: Tx) -> Made:
        view = await add_gmina(
            tx,
            actor=actor,
            terc=data.terc,
            slug=data.slug,
            name=data.name,
            kind=data.kind,
            county=data.county,
            population=data.population,
            latitude=data.latitude,
            longitude=data.longitude,
            details=data.details,
            now=now,
        )
        return view, f"/api/gminas/{view.slug}"

    return await created(request, db, actor.account_id, make)


@put("/gminas/{slug:str}/details", operation_id="describeGmina", **DESK)
async def put_gmina_details(
    slug: FromPath[str],
    data: JSONBody[GminaDetails],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[GminaView]:
    """Its brand and local specialisations, all of them anew."""
    seen = seen_version(if_match)

    async def act(tx: Tx) -> GminaView:
        key = await gmina_key(tx, slug)
        return await describe_gmina(tx, actor=actor, gmina_id=key, details=data, seen=seen, now=now)

    view = await attempt(db, act)
    return tagged(view, view.version)


handlers: list[ControllerRouterHandler] = [post_gmina, put_gmina_details]
