"""The monthly timesheet: a page, a paper to sign, a table for a spreadsheet. All three show what
`mentoring/timesheet.py` added up."""

from datetime import date, datetime
from typing import Annotated, Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler
from msgspec import Meta

from incubator.db.engine import statement
from incubator.kernel.period import WARSAW
from incubator.mentoring.month_of import next_month, timesheet_of
from incubator.mentoring.pages.mentor_page import shown
from incubator.mentoring.timesheet import Timesheet
from incubator.mentoring.timesheet_csv import timesheet_csv
from incubator.people.forms import Ask
from incubator.people.guards import signed_in
from incubator.people.visit import Visit
from incubator.web.bodies import Body, read_query
from incubator.web.i18n import texts_of
from incubator.web.pdf import download, pdf

GUARDS: dict[str, Any] = {"guards": [signed_in]}


class MonthForm(Body, frozen=True):
    """A month such as 2026-09; without one, this month."""

    month: Annotated[str, Meta(pattern=r"^(20[0-9]{2}-(0[1-9]|1[0-2]))?$(?!\n)")] = ""


@get("/mentors/{slug:str}/timesheet", **GUARDS)
async def show_timesheet(visit: NamedDependency[Visit], slug: FromPath[str]) -> Response[str]:
    month = _month(visit.request, visit.now)
    sheet = await _sheet(visit, slug, month)
    before = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
    return shown(
        visit.request,
        "timesheet.html",
        sheet=sheet,
        month=month,
        before=before if before.year >= 2000 else None,
        after=next_month(month) if next_month(month) <= visit.now.astimezone(WARSAW).date() else None,
    )


@get("/mentors/{slug:str}/timesheet.pdf", **GUARDS)
async def show_paper(visit: NamedDependency[Visit], slug: FromPath[str]) -> Response[bytes]:
    """Always in Polish: it goes into the gmina's files."""
    month = _month(visit.request, visit.now)
    sheet = await _sheet(visit, slug, month)
    content = await pdf(
        "mentoring/timesheet_paper.html",
        "pl",
        sheet=sheet,
        month=month,
    )
    return download(content, f"karta-{sheet.mentor_slug}-{sheet.month}.pdf")


@get("/mentors/{slug:str}/timesheet.csv", **GUARDS)
async def show_table(visit: NamedDependency[Visit], slug: FromPath[str]) -> Response[bytes]:
    sheet = await _sheet(visit, slug, _month(visit.request, visit.now))
    name = f"timesheet-{sheet.mentor_slug}-{sheet.month}.csv"
    return download(timesheet_csv(sheet, texts_of(visit.request)), name, media_type="text/csv")


def _month(request: Ask, now: datetime) -> date:
    """The first day of the month that is asked for. Raises UnreadableForm."""
    asked = read_query(request, MonthForm).month
    return date.fromisoformat(f"{asked}-01") if asked else now.astimezone(WARSAW).date().replace(day=1)


async def _sheet(visit: Visit, slug: str, month: date) -> Timesheet:
    async with statement(visit.db) as tx:
        return await timesheet_of(tx, actor=visit.actor, slug=slug, month=month, now=visit.now)


handlers: list[ControllerRouterHandler] = [show_timesheet, show_paper, show_table]
