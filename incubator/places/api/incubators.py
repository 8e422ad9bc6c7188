"""Start incubators, describe them, open and close them."""

from litestar import Response, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.people.change import Change
from incubator.people.visit import Found, Visit
from incubator.places.add_incubator import add_incubator
from incubator.places.api.shapes import DESK, NewIncubator, NewStatus
from incubator.places.describe_incubator import describe_incubator
from incubator.places.details import IncubatorDetails
from incubator.places.reach import gmina_key, incubator_key
from incubator.places.set_status import set_status
from incubator.places.states import Status
from incubator.places.views import IncubatorView


@post("/incubators", operation_id="addIncubator", **DESK)
async def post_incubator(visit: NamedDependency[Visit], data: JSONBody[NewIncubator]) -> Response[IncubatorView]:
    """Start an incubator: planned at first, and closed until its hours are set."""
    return await visit.create(
        add_incubator,
        lambda view: f"/api/incubators/{view.slug}",
        gmina_id=Found(gmina_key, data.gmina),
        code=data.code,
        slug=data.slug,
        details=data.details,
    )


@put("/incubators/{slug:str}/details", operation_id="describeIncubator", **DESK)
async def put_incubator_details(
    change: NamedDependency[Change], slug: FromPath[str], data: JSONBody[IncubatorDetails]
) -> Response[IncubatorView]:
    """What the public reads of it, all of it anew."""
    return await change(describe_incubator, incubator_id=Found(incubator_key, slug), details=data)


@put("/incubators/{slug:str}/status", operation_id="setIncubatorStatus", **DESK)
async def put_incubator_status(
    change: NamedDependency[Change], slug: FromPath[str], data: JSONBody[NewStatus]
) -> Response[IncubatorView]:
    """Open it for booking, or close it. What was booked stands."""
    return await change(set_status, incubator_id=Found(incubator_key, slug), status=Status(data.status))


handlers: list[ControllerRouterHandler] = [post_incubator, put_incubator_details, put_incubator_status]
