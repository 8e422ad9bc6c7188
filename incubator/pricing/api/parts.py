"""Tariffs and extras of a draft."""

from uuid import UUID

from litestar import Response, delete, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.people.change import Change
from incubator.people.visit import Visit
from incubator.pricing.api.shapes import DESK
from incubator.pricing.details import ExtraDetails, TariffWish
from incubator.pricing.remove_extra import remove_extra
from incubator.pricing.remove_tariff import remove_tariff
from incubator.pricing.set_extra import set_extra
from incubator.pricing.set_tariff import set_tariff
from incubator.pricing.views_lists import PriceListView


@post("/price-lists/{list_id:uuid}/tariffs", operation_id="addTariff", **DESK)
async def post_tariff(
    visit: NamedDependency[Visit], list_id: FromPath[UUID], data: JSONBody[TariffWish]
) -> Response[PriceListView]:
    """Say what some spaces cost, by kinds of buyers and units."""
    return await visit.create(set_tariff, f"/api/price-lists/{list_id}", list_id=list_id, wish=data)


@put("/price-lists/{list_id:uuid}/tariffs/{tariff_id:uuid}", operation_id="setTariff", **DESK)
async def put_tariff(
    change: NamedDependency[Change], list_id: FromPath[UUID], tariff_id: FromPath[UUID], data: JSONBody[TariffWish]
) -> Response[PriceListView]:
    """A tariff with its prices and spaces, all of it anew."""
    return await change(set_tariff, list_id=list_id, tariff_id=tariff_id, wish=data)


@delete("/price-lists/{list_id:uuid}/tariffs/{tariff_id:uuid}", operation_id="removeTariff", **DESK)
async def delete_tariff(change: NamedDependency[Change], list_id: FromPath[UUID], tariff_id: FromPath[UUID]) -> None:
    """Take a tariff off the draft."""
    await change.do(remove_tariff, list_id=list_id, tariff_id=tariff_id)


@post("/price-lists/{list_id:uuid}/extras", operation_id="addExtra", **DESK)
async def post_extra(
    visit: NamedDependency[Visit], list_id: FromPath[UUID], data: JSONBody[ExtraDetails]
) -> Response[PriceListView]:
    """Something that can be had besides the space."""
    return await visit.create(set_extra, f"/api/price-lists/{list_id}", list_id=list_id, details=data)


@put("/price-lists/{list_id:uuid}/extras/{extra_id:uuid}", operation_id="setExtra", **DESK)
async def put_extra(
    change: NamedDependency[Change], list_id: FromPath[UUID], extra_id: FromPath[UUID], data: JSONBody[ExtraDetails]
) -> Response[PriceListView]:
    """An extra, all of it anew."""
    return await change(set_extra, list_id=list_id, extra_id=extra_id, details=data)


@delete("/price-lists/{list_id:uuid}/extras/{extra_id:uuid}", operation_id="removeExtra", **DESK)
async def delete_extra(change: NamedDependency[Change], list_id: FromPath[UUID], extra_id: FromPath[UUID]) -> None:
    """Take an extra off the draft."""
    await change.do(remove_extra, list_id=list_id, extra_id=extra_id)


handlers: list[ControllerRouterHandler] = [
    post_tariff,
    put_tariff,
    delete_tariff,
    post_extra,
    put_extra,
    delete_extra,
]
