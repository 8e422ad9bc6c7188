"""The HTML edge of reporting: the metropolis office's page, a coordinator's of their own gmina, and
either as a spreadsheet."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from babel.numbers import format_decimal, format_percent
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
from incubator.kernel.errors import Refusal
from incubator.kernel.period import WARSAW
from incubator.people.guards import coordinator, office
from incubator.people.visit import Visit
from incubator.reporting.asking import First, Last
from incubator.reporting.queries import use_of_all, use_of_own
from incubator.reporting.rules import days_asked, month_after, month_before, month_of
from incubator.reporting.spreadsheet import spreadsheet
from incubator.reporting.use import Report, share_used
from incubator.web.i18n import locale_of, texts_of
from incubator.web.pages import page
from incubator.web.problems import said, status_of

Ask = Request[Any, Any, Any]
Reporting = Callable[..., Awaitable[Report]]


@get("/office", guards=[office])
async def show_office(visit: NamedDependency[Visit], first: First = None, last: Last = None) -> Response[str]:
    return await _show(visit, first, last, use_of_all)


@get("/desk/use", guards=[coordinator])
async def show_own_use(visit: NamedDependency[Visit], first: First = None, last: Last = None) -> Response[str]:
    return await _show(visit, first, last, use_of_own)


@get("/office/use.csv", guards=[office])
async def download_use(visit: NamedDependency[Visit], first: First = None, last: Last = None) -> Response[bytes]:
    return await _download(visit, first, last, use_of_all)


@get("/desk/use.csv", guards=[coordinator])
async def download_own_use(visit: NamedDependency[Visit], first: First = None, last: Last = None) -> Response[bytes]:
    return await _download(visit, first, last, use_of_own)


async def _show(visit: Visit, first: date | None, last: date | None, reporting: Reporting) -> Response[str]:
    """Days that cannot be reported on are shown again with the reason, beside this month's figures."""
    request = visit.request
    today = visit.now.astimezone(WARSAW).date()
    try:
        days, refusal = days_asked(first, last, today=today), None
    except Refusal as refused:
        days, refusal = month_of(today), refused
    async with statement(visit.db) as tx:
        report = await reporting(tx, actor=visit.actor, days=days)
    return page(
        request,
        "reporting/use.html",
        status=status_of(refusal) if refusal else 200,
        problem=said(request, refusal) if refusal else "",
        typed=(first if refusal and first else days.first, last if refusal and last else days.last),
        report=report,
        today=today,
        own=reporting is use_of_own,
        guarded=reporting is use_of_all and not visit.actor.is_administrator,
        opened=_opened(request, report),
        before=month_before(days),
        after=month_after(days),
        **_formats(locale_of(request)),
    )


def _opened(request: Ask, report: Report) -> frozenset[str]:
    """The slugs of the gminas whose incubators and spaces are shown: the one asked for, or all; a
    single gmina is always open."""
    slugs = frozenset(gmina.there.slug for gmina in report.gminas)
    asked = request.query_params.get("open", "")
    return slugs if asked == "all" or len(slugs) == 1 else slugs & {asked}


def _formats(locale: str) -> dict[str, Any]:
    return {
        "hours": lambda minutes: format_decimal(round(minutes / 60, 1), format="#,##0.#", locale=locale),
        "number": lambda count: format_decimal(count, locale=locale),
        "percent": lambda share: format_percent(share, format="#,##0 %" if locale == "pl" else "#,##0%", locale=locale),
        "share_used": share_used,
    }


async def _download(visit: Visit, first: date | None, last: date | None, reporting: Reporting) -> Response[bytes]:
    days = days_asked(first, last, today=visit.now.astimezone(WARSAW).date())
    async with statement(visit.db) as tx:
        report = await reporting(tx, actor=visit.actor, days=days)
    return Response(
        spreadsheet(report, texts_of(visit.request)),
        media_type="text/csv",
        headers={
            "Content-Disposition": f'attachment; filename="use-{days.first}-{days.last}.csv"',
            "Cache-Control": "no-store",
        },
    )


handlers: list[ControllerRouterHandler] = [show_office, show_own_use, download_use, download_own_use]
