"""What would it cost: by the list in force, or tried out by a draft."""

from uuid import UUID

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, statement
from incubator.people.forms import Ask
from incubator.people.visit import Visit
from incubator.pricing.api.shapes import ASK, DESK, QuoteView, QuoteWish, shown
from incubator.pricing.price_for import price_for
from incubator.pricing.reader import reader_of
from incubator.pricing.try_list import try_list


@post("/quotes", operation_id="askQuote", status_code=200, **ASK)
async def post_quote(request: Ask, data: JSONBody[QuoteWish], db: NamedDependency[Database]) -> QuoteView:
    """What a space would cost, line by line, by the list in force on the day it starts. Nothing is booked or kept.
    Without `category` it is the price for who asks, or for one of their organisations; strangers are commercial."""
    async with statement(db) as tx:
        found = await price_for(
            tx,
            actor=reader_of(request),
            space_id=data.space_id,
            wish=data.wish(),
            organisation_id=data.organisation_id,
            category=data.category,
            at_home=data.at_home,
        )
    return shown(found)


@post("/price-lists/{list_id:uuid}/quotes", operation_id="tryPriceList", status_code=200, **DESK)
async def post_trial(visit: NamedDependency[Visit], list_id: FromPath[UUID], data: JSONBody[QuoteWish]) -> QuoteView:
    """What a space would cost a kind of buyer by this list, whether it is published or not."""
    async with statement(visit.db) as tx:
        found = await try_list(
            tx,
            actor=visit.actor,
            list_id=list_id,
            space_id=data.space_id,
            wish=data.wish(),
            category=data.category,
            at_home=data.at_home,
            now=visit.now,
        )
    return shown(found.after)


handlers: list[ControllerRouterHandler] = [post_quote, post_trial]
