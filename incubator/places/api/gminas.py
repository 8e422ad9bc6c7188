"""Take gminas into the bundle, and let them show themselves."""

from litestar import Response, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.people.change import Change
from incubator.people.guards import administrator, scope
from incubator.people.visit import Found, Visit
from incubator.places.add_gmina import add_gmina
from incubator.places.api.shapes import DESK, NewGmina
from incubator.places.describe_gmina import describe_gmina
from incubator.places.details import GminaDetails
from incubator.places.reach import gmina_key
from incubator.places.views import GminaView
from incubator.web.problems import problems


@post(
    "/gminas",
    operation_id="addGmina",
    guards=[administrator, scope("places:write")],
    responses=problems(401, 403, 409, 422),
)
async def post_gmina(visit: NamedDependency[Visit], data: JSONBody[NewGmina]) -> Response[GminaView]:
    """Take a gmina into the bundle."""
    return await visit.create(
        add_gmina,
        lambda view: f"/api/gminas/{view.slug}",
        terc=data.terc,
        slug=data.slug,
        name=data.name,
        kind=data.kind,
        county=data.county,
        population=data.population,
        latitude=data.latitude,
        longitude=data.longitude,
        details=data.details,
    )


@put("/gminas/{slug:str}/details", operation_id="describeGmina", **DESK)
async def put_gmina_details(
    change: NamedDependency[Change], slug: FromPath[str], data: JSONBody[GminaDetails]
) -> Response[GminaView]:
    """Its brand and local specialisations, all of them anew."""
    return await change(describe_gmina, gmina_id=Found(gmina_key, slug), details=data)


handlers: list[ControllerRouterHandler] = [post_gmina, put_gmina_details]
