"""Passes of a draft."""

from uuid import UUID

from litestar import Response, delete, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.people.change import Change
from incubator.people.visit import Visit
from incubator.pricing.api.shapes import DESK
from incubator.pricing.details_passes import PassWish
from incubator.pricing.remove_pass import remove_pass
from incubator.pricing.set_pass import set_pass
from incubator.pricing.views_lists import PriceListView


@post("/price-lists/{list_id:uuid}/passes", operation_id="addPass", **DESK)
async def post_pass(
    visit: NamedDependency[Visit], list_id: FromPath[UUID], data: JSONBody[PassWish]
) -> Response[PriceListView]:
    """A pass that can be bought: so many minutes of rooms, or days at desks."""
    return await visit.create(set_pass, f"/api/price-lists/{list_id}", list_id=list_id, wish=data)


@put("/price-lists/{list_id:uuid}/passes/{product_id:uuid}", operation_id="setPass", **DESK)
async def put_pass(
    change: NamedDependency[Change], list_id: FromPath[UUID], product_id: FromPath[UUID], data: JSONBody[PassWish]
) -> Response[PriceListView]:
    """A pass with its prices, all of it anew."""
    return await change(set_pass, list_id=list_id, product_id=product_id, wish=data)


@delete("/price-lists/{list_id:uuid}/passes/{product_id:uuid}", operation_id="removePass", **DESK)
async def delete_pass(change: NamedDependency[Change], list_id: FromPath[UUID], product_id: FromPath[UUID]) -> None:
    """Take a pass off the draft."""
    await change.do(remove_pass, list_id=list_id, product_id=product_id)


handlers: list[ControllerRouterHandler] = [post_pass, put_pass, delete_pass]
