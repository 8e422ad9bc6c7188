"""Read price lists; draft, describe, publish and drop them."""

from datetime import datetime
from uuid import UUID

from litestar import Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, statement
from incubator.kernel.period import WARSAW
from incubator.people.change import Change
from incubator.people.forms import Ask
from incubator.people.visit import Found, Visit
from incubator.places.reach import incubator_key
from incubator.pricing.api.shapes import DESK, OPEN, NewList, PriceLists
from incubator.pricing.describe_list import describe_list
from incubator.pricing.details import ListDetails
from incubator.pricing.draft_list import draft_list
from incubator.pricing.drop_list import drop_list
from incubator.pricing.publish_list import publish_list
from incubator.pricing.queries import lists_of, price_list
from incubator.pricing.reader import reader_of
from incubator.pricing.views_lists import PriceListView
from incubator.web.etags import tagged


@get("/incubators/{slug:str}/price-lists", operation_id="listPriceLists", **OPEN)
async def list_price_lists(
    request: Ask, slug: FromPath[str], db: NamedDependency[Database], now: NamedDependency[datetime]
) -> PriceLists:
    """The published price lists of an incubator, the latest first; who coordinates the gmina sees drafts too."""
    async with statement(db) as tx:
        incubator_id = await incubator_key(tx, slug)
        today = now.astimezone(WARSAW).date()
        found = await lists_of(tx, actor=reader_of(request), incubator_id=incubator_id, today=today)
    return PriceLists(items=found)


@get("/price-lists/{list_id:uuid}", operation_id="getPriceList", **OPEN)
async def get_price_list(
    request: Ask, list_id: FromPath[UUID], db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Response[PriceListView]:
    """A price list with tariffs, prices and extras; with its ETag."""
    async with statement(db) as tx:
        today = now.astimezone(WARSAW).date()
        view = await price_list(tx, actor=reader_of(request), list_id=list_id, today=today)
    return tagged(view, view.version)


@post("/incubators/{slug:str}/price-lists", operation_id="draftPriceList", **DESK)
async def post_price_list(
    visit: NamedDependency[Visit], slug: FromPath[str], data: JSONBody[NewList]
) -> Response[PriceListView]:
    """Begin a draft, empty or as a published list of the incubator is."""
    return await visit.create(
        draft_list,
        lambda view: f"/api/price-lists/{view.id}",
        incubator_id=Found(incubator_key, slug),
        details=data.details,
        copy_of=data.copy_of,
    )


@put("/price-lists/{list_id:uuid}/details", operation_id="describePriceList", **DESK)
async def put_details(
    change: NamedDependency[Change], list_id: FromPath[UUID], data: JSONBody[ListDetails]
) -> Response[PriceListView]:
    """Name, act and first day of a draft, all of it anew."""
    return await change(describe_list, list_id=list_id, details=data)


@post("/price-lists/{list_id:uuid}/publish", operation_id="publishPriceList", status_code=200, **DESK)
async def post_publish(change: NamedDependency[Change], list_id: FromPath[UUID]) -> Response[PriceListView]:
    """From its day on it is what the incubator charges; it is never changed again."""
    return await change(publish_list, list_id=list_id)


@delete("/price-lists/{list_id:uuid}", operation_id="dropPriceList", **DESK)
async def delete_list(change: NamedDependency[Change], list_id: FromPath[UUID]) -> None:
    """Throw a draft away."""
    await change.do(drop_list, list_id=list_id)


handlers: list[ControllerRouterHandler] = [
    list_price_lists,
    get_price_list,
    post_price_list,
    put_details,
    post_publish,
    delete_list,
]
