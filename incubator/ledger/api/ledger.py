"""A gmina's books, for its coordinator and the treasurer's programs."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
from incubator.ledger.months import months_of
from incubator.ledger.queries import Wanted, as_period, balances, books_for, entries, party_balances
from incubator.ledger.states import Account
from incubator.ledger.views import Balance, EntryView, MonthBalance, PartyBalance, Span
from incubator.people.guards import coordinator, scope
from incubator.people.visit import Visit
from incubator.web.cursors import Cursor, read_cursor, write_cursor
from incubator.web.problems import problems

READ: dict[str, Any] = {
    "guards": [coordinator, scope("payments:read")],
    "responses": problems(401, 403, 404, 422),
}
Day = Annotated[date, QueryParameter(description="A day in Warsaw, from 2000 to 2199; both ends count.")]
Limit = Annotated[int, QueryParameter(ge=1, le=200, description="How many to give at most.")]
EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)


class Standing(msgspec.Struct, kw_only=True):
    """Every account in the days that were asked for, and every party at their end. Grosz; debit is positive."""

    balances: list[Balance]
    parties: list[PartyBalance]


class Entries(msgspec.Struct, kw_only=True):
    """A page of entries, oldest first; `next` goes on."""

    items: list[EntryView]
    next: str | None


@get("/ledger/balances", operation_id="getBalances", **READ)
async def get_balances(visit: NamedDependency[Visit], gmina: FromQuery[UUID], first: Day, last: Day) -> Standing:
    """What moved on every account of a gmina's books in these days, and who owes what at their end."""
    span = _span(first, last)
    async with statement(visit.db) as tx:
        books = await books_for(tx, actor=visit.actor, gmina_id=gmina)
        return Standing(
            balances=await balances(tx, gmina_id=books.id, span=span),
            parties=await party_balances(tx, gmina_id=books.id, at=as_period(span).end),
        )


@get("/ledger/months", operation_id="listMonths", **READ)
async def list_months(
    visit: NamedDependency[Visit], gmina: FromQuery[UUID], first: Day, last: Day
) -> list[MonthBalance]:
    """Month by month in these days, where each account of a gmina's books stood, what moved, and where it stands."""
    async with statement(visit.db) as tx:
        books = await books_for(tx, actor=visit.actor, gmina_id=gmina)
        return await months_of(tx, gmina_id=books.id, span=_span(first, last))


@get("/ledger/entries", operation_id="listEntries", **READ)
async def list_entries(
    visit: NamedDependency[Visit],
    gmina: FromQuery[UUID],
    first: Day,
    last: Day,
    account: FromQuery[Account | None] = None,
    party: FromQuery[UUID | None] = None,
    after: Cursor = None,
    limit: Limit = 50,
) -> Entries:
    """Entries of a gmina's books with their postings: of these days, on an account, of a party (an account's or an
    organisation's id)."""
    wanted = Wanted(span=_span(first, last), account=account, party_id=party)
    seen = read_cursor(after, datetime)
    async with statement(visit.db) as tx:
        books = await books_for(tx, actor=visit.actor, gmina_id=gmina)
        found = await entries(tx, gmina_id=books.id, wanted=wanted, after=seen, limit=limit + 1)
    more = found[limit - 1] if len(found) > limit else None
    return Entries(items=found[:limit], next=write_cursor(more.at, more.id) if more else None)


def _span(first: date, last: date) -> Span:
    first = min(max(first, EARLIEST), LATEST)
    return Span(first=first, last=min(max(last, first), LATEST))


handlers: list[ControllerRouterHandler] = [get_balances, list_months, list_entries]
