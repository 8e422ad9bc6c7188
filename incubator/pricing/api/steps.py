"""What goes back to who calls off, by a draft."""

from uuid import UUID

from litestar import Response, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.people.change import Change
from incubator.pricing.api.shapes import DESK
from incubator.pricing.details import StepsWish
from incubator.pricing.set_steps import set_steps
from incubator.pricing.views_lists import PriceListView


@put("/price-lists/{list_id:uuid}/cancellation-steps", operation_id="setCancellationSteps", **DESK)
async def put_steps(
    change: NamedDependency[Change], list_id: FromPath[UUID], data: JSONBody[StepsWish]
) -> Response[PriceListView]:
    """How much of the price goes back to who calls off, by how early they do; all steps anew."""
    return await change(set_steps, list_id=list_id, wish=data)


handlers: list[ControllerRouterHandler] = [put_steps]
