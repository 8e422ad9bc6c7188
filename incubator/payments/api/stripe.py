"""How payments through Stripe stand in a gmina: its account, the days that were compared, disputes."""

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
from incubator.ledger.queries import books_for
from incubator.payments.api.shapes import BANK, DESK_READ, HOUSE, Limit, StripeAccountBody
from incubator.payments.queries_disputes import DisputeView, disputes_at_desk
from incubator.payments.stripe.compare_again import compare_again
from incubator.payments.stripe.connect_account import connect_account
from incubator.payments.stripe.queries import stripe_desk
from incubator.payments.stripe.states import DisputeState
from incubator.payments.stripe.views import StripeDesk
from incubator.people.visit import Visit
from incubator.web.cursors import Cursor, read_cursor, write_cursor


class Disputes(msgspec.Struct, kw_only=True):
    """A page of disputes; `next` goes on."""

    items: list[DisputeView]
    next: str | None


@get("/disputes", operation_id="listDisputes", **DESK_READ)
async def list_disputes(
    visit: NamedDependency[Visit],
    gmina: FromQuery[UUID],
    which: FromQuery[DisputeState | None] = None,
    after: Cursor = None,
    limit: Limit = 50,
) -> Disputes:
    """Payments by card that the payer's bank disputes or disputed, the latest first."""
    seen = read_cursor(after, datetime)
    async with statement(visit.db) as tx:
        books = await books_for(tx, actor=visit.actor, gmina_id=gmina)
        found = await disputes_at_desk(tx, gmina_id=books.id, state=which, after=seen, limit=limit + 1)
    more = found[limit - 1] if len(found) > limit else None
    return Disputes(items=found[:limit], next=write_cursor(more.opened_at, more.id) if more else None)


@get("/stripe", operation_id="getStripe", **DESK_READ)
async def get_stripe(visit: NamedDependency[Visit], gmina: FromQuery[UUID]) -> StripeDesk:
    """The gmina's account at Stripe, what it paid out to the bank, and where its books and ours differ, day by day."""
    async with statement(visit.db) as tx:
        books = await books_for(tx, actor=visit.actor, gmina_id=gmina)
        return await stripe_desk(tx, actor=visit.actor, gmina_id=books.id)


@put("/stripe/account", operation_id="connectStripe", status_code=204, **HOUSE)
async def put_account(visit: NamedDependency[Visit], gmina: FromQuery[UUID], data: JSONBody[StripeAccountBody]) -> None:
    """Say which account at Stripe is the gmina's. Stripe is asked whether it takes payments."""
    await visit.do(connect_account, gmina_id=gmina, account=data.account)


@post("/stripe/days/{day_id:uuid}/compare", operation_id="compareStripeDay", status_code=204, **BANK)
async def post_compare(day_id: FromPath[UUID], visit: NamedDependency[Visit], gmina: FromQuery[UUID]) -> None:
    """Have a day compared again, in a moment."""
    await visit.do(compare_again, gmina_id=gmina, day_id=day_id)


handlers: list[ControllerRouterHandler] = [list_disputes, get_stripe, put_account, post_compare]
