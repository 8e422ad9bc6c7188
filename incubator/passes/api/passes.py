"""Passes: what one has, to buy one, to call it off, to give it back; and those that a gmina sold."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
from incubator.ledger.queries import books_for
from incubator.passes.buy_pass import buy_pass
from incubator.passes.give_back_pass import give_back_pass
from incubator.passes.lapse import call_off_pass
from incubator.passes.queries import own_passes, pass_for, passes_at_desk, uses_of
from incubator.passes.views import PassView, UseView
from incubator.people.guards import coordinator, scope, signed_in
from incubator.people.visit import Visit
from incubator.web.bodies import Body
from incubator.web.cursors import Cursor, read_cursor, write_cursor
from incubator.web.etags import tagged
from incubator.web.problems import problems

READ: dict[str, Any] = {"guards": [signed_in, scope("bookings:read")], "responses": problems(401, 403, 404, 422)}
WRITE: dict[str, Any] = {
    "guards": [signed_in, scope("bookings:write")],
    "responses": problems(401, 403, 404, 409, 422),
}
DESK: dict[str, Any] = {"guards": [coordinator, scope("payments:read")], "responses": problems(401, 403, 422)}
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="How many to give at most.")]


class Passes(msgspec.Struct, kw_only=True):
    """A page of passes; `next` goes on."""

    items: list[PassView]
    next: str | None


class PassInFull(msgspec.Struct, kw_only=True):
    """A pass with what drew on it."""

    bought: PassView
    uses: list[UseView]


class BuyBody(Body, frozen=True, kw_only=True):
    """Which pass of a price list in force, for one of your organisations or for yourself; with `full_price` at what
    commercial buyers pay, which is no aid."""

    product_id: UUID
    organisation_id: UUID | None = None
    full_price: bool = False


@get("/passes", operation_id="listPasses", **READ)
async def list_passes(visit: NamedDependency[Visit], after: Cursor = None, limit: Limit = 50) -> Passes:
    """Passes that you and your organisations bought, the latest first."""
    async with statement(visit.db) as tx:
        found = await own_passes(tx, actor=visit.actor, after=read_cursor(after, datetime), limit=limit + 1)
    return _page(found, limit)


@get("/passes/desk", operation_id="listPassesAtDesk", **DESK)
async def list_at_desk(
    visit: NamedDependency[Visit], gmina: FromQuery[UUID], after: Cursor = None, limit: Limit = 50
) -> Passes:
    """Passes that a gmina sold, for its coordinator; the latest first."""
    seen = read_cursor(after, datetime)
    async with statement(visit.db) as tx:
        books = await books_for(tx, actor=visit.actor, gmina_id=gmina)
        found = await passes_at_desk(tx, gmina_id=books.id, after=seen, limit=limit + 1)
    return _page(found, limit)


@get("/passes/{pass_id:uuid}", operation_id="getPass", **READ)
async def get_pass(visit: NamedDependency[Visit], pass_id: FromPath[UUID]) -> Response[PassInFull]:
    """A pass with what drew on it, and its ETag."""
    async with statement(visit.db) as tx:
        bought = await pass_for(tx, actor=visit.actor, pass_id=pass_id)
        return tagged(PassInFull(bought=bought, uses=await uses_of(tx, bought=bought)), bought.version)


@post("/passes", operation_id="buyPass", **WRITE)
async def post_pass(visit: NamedDependency[Visit], data: JSONBody[BuyBody]) -> Response[PassView]:
    """Order a pass. It is good from the day on which its charge is paid."""
    told = {"organisation_id": data.organisation_id, "full_price": data.full_price}
    return await visit.create(buy_pass, lambda made: f"/api/passes/{made.id}", product_id=data.product_id, **told)


@post("/passes/{pass_id:uuid}/call-off", operation_id="callOffPass", status_code=200, **WRITE)
async def post_call_off(visit: NamedDependency[Visit], pass_id: FromPath[UUID]) -> PassView:
    """Call an order off before it is paid."""
    return await visit.do(call_off_pass, pass_id=pass_id)


@post("/passes/{pass_id:uuid}/give-back", operation_id="giveBackPass", status_code=200, **WRITE)
async def post_give_back(visit: NamedDependency[Visit], pass_id: FromPath[UUID]) -> PassView:
    """Give back what is not drawn: who bought it within 14 days of paying, for an organisation only while nothing was
    drawn; the desk at any time."""
    return await visit.do(give_back_pass, pass_id=pass_id)


def _page(found: list[PassView], limit: int) -> Passes:
    more = found[limit - 1] if len(found) > limit else None
    return Passes(items=found[:limit], next=write_cursor(more.created_at, more.id) if more else None)


handlers: list[ControllerRouterHandler] = [
    list_passes,
    list_at_desk,
    get_pass,
    post_pass,
    post_call_off,
    post_give_back,
]
