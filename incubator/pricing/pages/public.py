"""What everybody reads: an incubator's prices now and to come, and what a wish would cost."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, statement
from incubator.kernel.errors import Refusal
from incubator.kernel.period import WARSAW
from incubator.people.forms import Ask
from incubator.people.guards import public
from incubator.places.catalogue import incubator_by_slug
from incubator.places.catalogue_spaces import Wish as Shelf
from incubator.places.catalogue_spaces import shelf
from incubator.pricing.pages.labels import labels_in
from incubator.pricing.pages.wish import Typing, read_typing
from incubator.pricing.price_book import prices_on
from incubator.pricing.price_for import price_for
from incubator.pricing.queries import lists_that_count
from incubator.pricing.reader import reader_of
from incubator.pricing.rules import Extra
from incubator.pricing.sheet import sheet_of
from incubator.pricing.states import Category
from incubator.pricing.views import Quote
from incubator.web.i18n import texts_of
from incubator.web.pages import page
from incubator.web.problems import said, status_of


@get("/prices/{slug:str}", guards=[public])
async def show_prices(
    request: Ask, slug: FromPath[str], db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Response[str]:
    async with statement(db) as tx:
        incubator = await incubator_by_slug(tx, slug=slug, now=now)
        lists = await lists_that_count(tx, incubator_id=incubator.id, today=now.astimezone(WARSAW).date())
    texts = texts_of(request)
    sheets = {tariff.id: sheet_of(tariff, texts) for one in lists for tariff in one.tariffs}
    return page(request, "pricing/prices.html", incubator=incubator, lists=lists, sheets=sheets)


@get("/prices/{slug:str}/cost", guards=[public])
async def show_cost(
    request: Ask, slug: FromPath[str], db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Response[str]:
    """What is typed into the form comes with the address; asked for by a script, the result alone."""
    typing = read_typing(request.query_params, now=now)
    async with statement(db) as tx:
        incubator = await incubator_by_slug(tx, slug=slug, now=now)
        spaces = await shelf(tx, wish=Shelf(incubator=slug)) if incubator.status == "open" else []
        space_id = next((one.id for one in spaces if one.id == typing.space_id), spaces[0].id if spaces else None)
        offered = await _extras(tx, space_id, typing)
        quote, refusal = await _quoted(tx, request, space_id, typing, offered)
    return page(
        request,
        "pricing/cost_result.html" if request.headers.get("hx-request") == "true" else "pricing/cost.html",
        status=status_of(refusal) if refusal else 200,
        incubator=incubator,
        spaces=spaces,
        space_id=space_id,
        typing=typing,
        extras=offered,
        categories=list(Category),
        quote=quote,
        problem=said(request, refusal) if refusal else "",
        labels=labels_in(texts_of(request)),
    )


async def _extras(tx: Tx, space_id: UUID | None, typing: Typing) -> tuple[Extra, ...]:
    """Those of the list that counts on the day."""
    if space_id is None:
        return ()
    return (await prices_on(tx, space_id=space_id, day=typing.day)).extras


async def _quoted(
    tx: Tx, request: Ask, space_id: UUID | None, typing: Typing, offered: tuple[Extra, ...]
) -> tuple[Quote | None, Refusal | None]:
    """Extras that the list of another day had are left out."""
    if space_id is None or typing.wish is None:
        return None, None
    extras = tuple(one.id for one in offered if one.id in typing.extras)
    try:
        quote = await price_for(
            tx,
            actor=reader_of(request),
            space_id=space_id,
            wish=replace(typing.wish, extras=extras),
            organisation_id=typing.organisation_id,
            category=typing.category,
            at_home=typing.at_home,
        )
    except Refusal as refusal:
        return None, refusal
    return quote, None


handlers: list[ControllerRouterHandler] = [show_prices, show_cost]
