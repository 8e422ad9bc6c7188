"""Reports to the register of aid: drafted, read through, approved by a person, taken along as a table."""

from datetime import date
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.aid.pages.labels import labels_in
from incubator.aid.pages.told import told
from incubator.aid.register_csv import register_csv
from incubator.aid.report import approve_report, draft_report, drop_report, report_for, reported, reports_for
from incubator.aid.views import ReportView
from incubator.db.engine import Tx, statement
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, Deed
from incubator.people.guards import coordinator
from incubator.people.queries import gminas
from incubator.people.screen import Screen, Shown, nothing
from incubator.people.visit import Visit
from incubator.web.bodies import Body
from incubator.web.pdf import download


class DaysForm(Body, frozen=True):
    gmina_id: UUID
    first_day: date
    last_day: date


async def _list(tx: Tx, visit: Visit, _: None) -> Shown:
    every = await gminas(tx)
    mine = every if visit.actor.is_administrator else [one for one in every if one.id in visit.actor.coordinates]
    return told(visit, "reports.html", reports=await reports_for(tx, actor=visit.actor), gminas=mine)


async def _draft(asked: Asked) -> ReportView:
    form = asked.typed.shaped(DaysForm)
    days = {"first_day": form.first_day, "last_day": form.last_day}
    return await asked.do(draft_report, gmina_id=form.gmina_id, **days)


LIST = Screen(
    name="aid_reports",
    path="/desk/aid/reports",
    guard=coordinator,
    about=nothing,
    shows=_list,
    deeds={
        "draft": Deed(_draft, N_("The draft is made. Please read it through."), to=lambda made: f"reports/{made.id}")
    },
    labels=labels_in,
)


async def _report(tx: Tx, visit: Visit) -> ReportView:
    """Raises NoSuchAidReport."""
    return await report_for(tx, actor=visit.actor, report_id=visit.key("report_id"))


async def _one(tx: Tx, visit: Visit, report: ReportView) -> Shown:
    entries = await reported(tx, actor=visit.actor, report_id=report.id)
    return told(visit, "report.html", report=report, entries=entries)


async def _approve(asked: Asked) -> None:
    await asked.do(approve_report, report_id=asked.place.id)


async def _drop(asked: Asked) -> None:
    await asked.do(drop_report, report_id=asked.place.id)


ONE = Screen(
    name="aid_report",
    path="/desk/aid/reports/{report_id:uuid}",
    guard=coordinator,
    about=_report,
    shows=_one,
    deeds={
        "approve": Deed(_approve, N_("The report is approved and stays as it is.")),
        "drop": Deed(_drop, N_("The draft is dropped; its grants are free for another."), to="/desk/aid/reports"),
    },
    labels=labels_in,
)


@get("/desk/aid/reports/{report_id:uuid}/table.csv", guards=[coordinator])
async def show_table(visit: NamedDependency[Visit], report_id: FromPath[UUID]) -> Response[bytes]:
    async with statement(visit.db) as tx:
        report = await report_for(tx, actor=visit.actor, report_id=report_id)
        entries = await reported(tx, actor=visit.actor, report_id=report_id)
    return download(
        register_csv(report, entries), f"pomoc-{report.first_day}-{report.last_day}.csv", media_type="text/csv"
    )


handlers: list[ControllerRouterHandler] = [*LIST.handlers, *ONE.handlers, show_table]
