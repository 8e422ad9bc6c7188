"""The books of a gmina, for who runs its incubators and its treasurer: a page, a CSV file, a spreadsheet."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx, statement
from incubator.kernel.period import WARSAW
from incubator.ledger.check_books import checks_of
from incubator.ledger.led_to import led_to
from incubator.ledger.months import months_of
from incubator.ledger.pages.labels import ACCOUNTS, KINDS
from incubator.ledger.queries import (
    PAGE,
    Books,
    Wanted,
    as_period,
    balances,
    books_for,
    books_of,
    entries,
    party_balances,
)
from incubator.ledger.sheet import as_csv, as_xlsx, months_as_csv
from incubator.ledger.states import Account
from incubator.ledger.views import EntryView, MonthBalance, Span
from incubator.people.guards import NotYours, coordinator
from incubator.people.visit import Visit
from incubator.web.bodies import Body, OptionalLine, read_query
from incubator.web.cursors import read_cursor, write_cursor
from incubator.web.i18n import texts_of
from incubator.web.pages import page
from incubator.web.pdf import download
from incubator.web.workbook import XLSX

EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)


class Query(Body, frozen=True):
    """What the address narrows to; `shape` is that of the answer, `after` where its page begins."""

    gmina: UUID | None = None
    first: date | None = None
    last: date | None = None
    account: Account | None = None
    party: UUID | None = None
    shape: Literal["csv", "xlsx", "months"] | None = None
    after: OptionalLine = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Whose books, of those that the visitor keeps, and of which days."""

    books: Books
    every: list[Books]
    span: Span

    def named(self, what: str, shape: str) -> str:
        """A file that says whose it is and of which days: a treasurer keeps many."""
        return f"{what}-{self.books.slug}-{self.span.first}-{self.span.last}.{shape}"


@get("/desk/ledger", guards=[coordinator])
async def show_ledger(visit: NamedDependency[Visit]) -> Response[Any]:
    asked = read_query(visit.request, Query)
    async with statement(visit.db) as tx:
        choice = await _choice(tx, visit, asked)
        if asked.shape == "months":
            return await _months_file(visit, choice, await months_of(tx, gmina_id=choice.books.id, span=choice.span))
        wanted = Wanted(span=choice.span, account=asked.account, party_id=asked.party)
        after = read_cursor(asked.after or None, datetime)
        limit = None if asked.shape else PAGE + 1
        found = await entries(tx, gmina_id=choice.books.id, wanted=wanted, after=after, limit=limit)
        if asked.shape:
            months = await months_of(tx, gmina_id=choice.books.id, span=choice.span)
            return await _file(visit, choice, found, months, asked.shape)
        at = as_period(choice.span).end
        told: dict[str, Any] = {
            "balances": await balances(tx, gmina_id=choice.books.id, span=choice.span),
            "parties": await party_balances(tx, gmina_id=choice.books.id, at=at),
            "checks": await checks_of(tx, gmina_id=choice.books.id),
            "led_to": await led_to(tx, entry_ids=[one.id for one in found]),
        }
    return page(visit.request, "ledger/ledger.html", **told, **_shown(visit, choice, asked, found))


async def _choice(tx: Tx, visit: Visit, asked: Query) -> Choice:
    """This month of the first gmina where nothing is said. Raises NotYours."""
    every = await books_of(tx, actor=visit.actor)
    if asked.gmina is None and not every:
        raise NotYours()
    books = every[0] if asked.gmina is None else await books_for(tx, actor=visit.actor, gmina_id=asked.gmina)
    today = visit.now.astimezone(WARSAW).date()
    first = min(max(asked.first or today.replace(day=1), EARLIEST), LATEST)
    last = min(max(asked.last or today, first), LATEST)
    return Choice(books, every, Span(first=first, last=last))


def _shown(visit: Visit, choice: Choice, asked: Query, found: list[EntryView]) -> dict[str, Any]:
    """What the template is told besides; links keep what was chosen."""
    kept = {
        "gmina": choice.books.id,
        "first": choice.span.first,
        "last": choice.span.last,
        "account": asked.account,
        "party": asked.party,
    }

    def link(**more: object) -> str:
        return f"?{urlencode({name: value for name, value in {**kept, **more}.items() if value})}"

    last = found[PAGE - 1] if len(found) > PAGE else None
    return {
        "choice": choice,
        "asked": asked,
        "entries": found[:PAGE],
        "next": write_cursor(last.at, last.id) if last else "",
        "link": link,
        "accounts": ACCOUNTS,
        "kinds": KINDS,
        "year": (choice.span.last.replace(month=1, day=1), choice.span.last),
        "month_before": _month_before(choice.span.first),
    }


def _month_before(day: date) -> tuple[date, date]:
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


async def _months_file(visit: Visit, choice: Choice, months: list[MonthBalance]) -> Response[bytes]:
    made = await asyncio.to_thread(months_as_csv, months, texts_of(visit.request), accounts=ACCOUNTS)
    return download(made, choice.named("salda", "csv"), media_type="text/csv")


async def _file(
    visit: Visit, choice: Choice, found: list[EntryView], months: list[MonthBalance], shape: str
) -> Response[bytes]:
    texts = texts_of(visit.request)
    if shape == "csv":
        made = await asyncio.to_thread(as_csv, found, texts, kinds=KINDS, accounts=ACCOUNTS)
        return download(made, choice.named("ksiega", shape), media_type="text/csv")
    made = await asyncio.to_thread(as_xlsx, found, months, texts, kinds=KINDS, accounts=ACCOUNTS)
    return download(made, choice.named("ksiega", shape), media_type=XLSX)


handlers: list[ControllerRouterHandler] = [show_ledger]
