"""The edges of what knowledge exchange comes to: the office's page, a coordinator's of their gmina, either as a
spreadsheet, and the same figures in JSON."""

from collections.abc import Awaitable, Callable
from datetime import date

from babel.numbers import format_decimal
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
from incubator.kernel.errors import Refusal
from incubator.kernel.period import WARSAW
from incubator.people.guards import coordinator, office, office_or_coordinator, scope
from incubator.people.visit import Visit
from incubator.registrations.totals import KINDS
from incubator.reporting.asking import First, Last
from incubator.reporting.exchange import exchange_of_all, exchange_of_own
from incubator.reporting.exchange_csv import exchange_csv
from incubator.reporting.exchange_rows import ExchangeReport
from incubator.reporting.rules import Days, days_asked, month_after, month_before, month_of
from incubator.web.i18n import locale_of, texts_of
from incubator.web.pages import page
from incubator.web.problems import problems, said, status_of

Reporting = Callable[..., Awaitable[ExchangeReport]]
Asking = NamedDependency[Visit]


@get("/office/exchange", guards=[office])
async def show_exchange_achieved(visit: Asking, first: First = None, last: Last = None) -> Response[str]:
    return await _show(visit, first, last, exchange_of_all)


@get("/desk/exchange/figures", guards=[coordinator])
async def show_own_exchange(visit: Asking, first: First = None, last: Last = None) -> Response[str]:
    return await _show(visit, first, last, exchange_of_own)


@get("/office/exchange.csv", guards=[office])
async def download_exchange(visit: Asking, first: First = None, last: Last = None) -> Response[bytes]:
    return await _download(visit, first, last, exchange_of_all)


@get("/desk/exchange/figures.csv", guards=[coordinator])
async def download_own_exchange(visit: Asking, first: First = None, last: Last = None) -> Response[bytes]:
    return await _download(visit, first, last, exchange_of_own)


@get(
    "/exchange-figures",
    operation_id="getExchangeFigures",
    guards=[office_or_coordinator, scope("exchanges:read")],
    responses=problems(401, 403, 422),
)
async def get_exchange_figures(visit: Asking, first: First = None, last: Last = None) -> Response[ExchangeReport]:
    """What knowledge exchange came to, by gmina. The metropolis office sees every gmina, a coordinator their own.
    Counts of fewer than five people are told to who runs the sessions alone."""
    report = await _reported(visit, _days(visit, first, last), exchange_of_all)
    return Response(report, headers={"Cache-Control": "no-store"})


def _days(visit: Visit, first: date | None, last: date | None) -> Days:
    return days_asked(first, last, today=visit.now.astimezone(WARSAW).date())


async def _reported(visit: Visit, days: Days, reporting: Reporting) -> ExchangeReport:
    async with statement(visit.db) as tx:
        return await reporting(tx, actor=visit.actor, days=days, now=visit.now)


async def _show(visit: Visit, first: date | None, last: date | None, reporting: Reporting) -> Response[str]:
    """Days that cannot be reported on are shown again with the reason, beside this month's figures."""
    request, today = visit.request, visit.now.astimezone(WARSAW).date()
    try:
        days, refusal = days_asked(first, last, today=today), None
    except Refusal as refused:
        days, refusal = month_of(today), refused
    locale = locale_of(request)
    return page(
        request,
        "reporting/exchange.html",
        status=status_of(refusal) if refusal else 200,
        problem=said(request, refusal) if refusal else "",
        typed=(first if refusal and first else days.first, last if refusal and last else days.last),
        report=await _reported(visit, days, reporting),
        days=days,
        today=today,
        kinds=KINDS,
        own=reporting is exchange_of_own,
        guarded=reporting is exchange_of_all and not visit.actor.is_administrator,
        before=month_before(days),
        after=month_after(days),
        number=lambda count: format_decimal(count, locale=locale),
        hours=lambda minutes: format_decimal(round(minutes / 60, 1), format="#,##0.#", locale=locale),
    )


async def _download(visit: Visit, first: date | None, last: date | None, reporting: Reporting) -> Response[bytes]:
    days = _days(visit, first, last)
    report = await _reported(visit, days, reporting)
    return Response(
        exchange_csv(report, texts_of(visit.request)),
        media_type="text/csv",
        headers={
            "Content-Disposition": f'attachment; filename="exchange-{days.first}-{days.last}.csv"',
            "Cache-Control": "no-store",
        },
    )


pages: list[ControllerRouterHandler] = [
    show_exchange_achieved,
    show_own_exchange,
    download_exchange,
    download_own_exchange,
]
api: list[ControllerRouterHandler] = [get_exchange_figures]
