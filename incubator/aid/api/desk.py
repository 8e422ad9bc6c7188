"""The gmina's desk: what it granted, who counts as one, certificates, reports to the register; and what is dated."""

from datetime import date
from typing import Annotated
from uuid import UUID

from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.aid.api.shapes import DESK, DESK_READ, LAW, Because, Days, First, Last, Limit, Link, Reports
from incubator.aid.certify import certify
from incubator.aid.details import LimitDetails, RateDetails
from incubator.aid.enter_dated import enter_limit, enter_rate
from incubator.aid.queries import entries_at_desk
from incubator.aid.report import approve_report, draft_report, drop_report, reports_for
from incubator.aid.undertakings import link, separate
from incubator.aid.views import AidEntryView, AidPage, LinkedView, ReportView
from incubator.db.engine import statement
from incubator.people.visit import Visit
from incubator.web.cursors import Cursor

UNDERTAKING = "/organisations/{organisation_id:uuid}/aid/linked"
REPORT = "/aid/reports/{report_id:uuid}"


@get("/aid", operation_id="listAidAtDesk", **DESK_READ)
async def list_at_desk(
    visit: NamedDependency[Visit],
    organisation: FromQuery[UUID | None] = None,
    first: First = None,
    last: Last = None,
    company: Annotated[str, QueryParameter(max_length=200, description="A part of the company's name, or NIP.")] = "",
    after: Cursor = None,
    limit: Limit = 50,
) -> AidPage:
    """What the coordinator's gminas granted, the latest first."""
    days = {"first": first or date.min, "last": last or date.max}
    async with statement(visit.db) as tx:
        return await entries_at_desk(
            tx, actor=visit.actor, organisation_id=organisation, company=company, **days, after=after, limit=limit
        )


@post("/aid/{entry_id:uuid}/certificate", operation_id="issueAidCertificate", status_code=200, **DESK)
async def post_certificate(entry_id: FromPath[UUID], visit: NamedDependency[Visit]) -> AidEntryView:
    """Approve the draft of a grant's certificate: it gets its number."""
    return await visit.do(certify, entry_id=entry_id)


@post(UNDERTAKING, operation_id="linkUndertaking", status_code=200, **DESK)
async def post_link(
    organisation_id: FromPath[UUID], data: JSONBody[Link], visit: NamedDependency[Visit]
) -> list[LinkedView]:
    """From now on both count as one undertaking; gives those that count with the organisation."""
    return await visit.do(link, organisation_id=organisation_id, nip=data.nip, because=data.because)


@post(f"{UNDERTAKING}/separate", operation_id="separateUndertaking", status_code=204, **DESK)
async def post_separate(
    organisation_id: FromPath[UUID], data: JSONBody[Because], visit: NamedDependency[Visit]
) -> None:
    """The organisation counts by itself from now on, with what it was granted itself."""
    await visit.do(separate, organisation_id=organisation_id, because=data.because)


@get("/aid/reports", operation_id="listAidReports", **DESK_READ)
async def list_reports(visit: NamedDependency[Visit]) -> Reports:
    """Drafts and approved reports of the coordinator's gminas, the latest first."""
    async with statement(visit.db) as tx:
        return Reports(items=await reports_for(tx, actor=visit.actor))


@post("/aid/reports", operation_id="draftAidReport", status_code=200, **DESK)
async def post_report(data: JSONBody[Days], visit: NamedDependency[Visit]) -> ReportView:
    """Draft a report of all grants of these days that stand in no report yet."""
    days = {"first_day": data.first_day, "last_day": data.last_day}
    return await visit.do(draft_report, gmina_id=data.gmina_id, **days)


@post(f"{REPORT}/approve", operation_id="approveAidReport", status_code=200, **DESK)
async def post_approval(report_id: FromPath[UUID], visit: NamedDependency[Visit]) -> ReportView:
    """Approve a draft; it stays as it is from then on."""
    return await visit.do(approve_report, report_id=report_id)


@delete(REPORT, operation_id="dropAidReport", **DESK)
async def delete_report(report_id: FromPath[UUID], visit: NamedDependency[Visit]) -> None:
    """Drop a draft; its grants are free for another report."""
    await visit.do(drop_report, report_id=report_id)


@post("/aid/limits", operation_id="enterAidLimit", status_code=204, **LAW)
async def post_limit(data: JSONBody[LimitDetails], visit: NamedDependency[Visit]) -> None:
    """Enter a ceiling that counts from a day on."""
    await visit.do(enter_limit, details=data)


@post("/aid/rates", operation_id="enterEuroRate", status_code=204, **DESK)
async def post_rate(data: JSONBody[RateDetails], visit: NamedDependency[Visit]) -> None:
    """Enter the central bank's mean rate of a day, where it was not fetched."""
    await visit.do(enter_rate, details=data)


handlers: list[ControllerRouterHandler] = [
    list_at_desk,
    post_certificate,
    post_link,
    post_separate,
    list_reports,
    post_report,
    post_approval,
    delete_report,
    post_limit,
    post_rate,
]
