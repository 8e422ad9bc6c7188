"""The gmina's desk: its companies, the mark of an innovation ambassador, requests, the file."""

from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx, attempt, statement
from incubator.directory.ambassadors import name_ambassador, withdraw_ambassador
from incubator.directory.answer_request import answer_request, open_requests
from incubator.directory.api.shapes import DESK, DESK_READ, Answer, Limit, Reason, Requests, Words
from incubator.directory.correct_company import correct_company
from incubator.directory.desk import DeskPage, at_desk, export_companies
from incubator.directory.details import RegisterDetails
from incubator.directory.queries import company_at_desk
from incubator.directory.take_out import take_out_at_desk
from incubator.directory.views import OwnProfileView
from incubator.directory.withhold import let_back, withhold
from incubator.people.forms import Verb
from incubator.people.visit import Visit
from incubator.web.cursors import Cursor
from incubator.web.etags import IfMatch, seen_version, tagged

COMPANY = "/directory/companies/{slug:str}"
Which = Annotated[Literal["published", "hidden", "waiting", "imported", "stale"] | None, QueryParameter()]


@get("/directory/desk", operation_id="listCompaniesAtDesk", **DESK_READ)
async def list_at_desk(
    visit: NamedDependency[Visit],
    q: Words = None,
    which: Which = None,
    after: Cursor = None,
    limit: Limit = 50,
) -> DeskPage:
    """Companies of the coordinator's gminas by name, whatever their state; drafts are their owners' business."""
    async with statement(visit.db) as tx:
        return await at_desk(tx, actor=visit.actor, which=which or "", words=q or "", after=after, limit=limit)


@get("/directory/export", operation_id="exportCompanies", **DESK_READ)
async def get_export(visit: NamedDependency[Visit], gmina: FromQuery[UUID]) -> Response[bytes]:
    """A gmina's companies as CSV that the import reads again."""
    async with statement(visit.db) as tx:
        content = await export_companies(tx, actor=visit.actor, gmina_id=gmina)
    return Response(content, media_type="text/csv", headers={"Cache-Control": "no-store"})


@get("/directory/requests", operation_id="listDirectoryRequests", **DESK_READ)
async def list_requests(visit: NamedDependency[Visit]) -> Requests:
    """What companies without an account ask for, the oldest first."""
    async with statement(visit.db) as tx:
        return Requests(items=await open_requests(tx, actor=visit.actor))


@post("/directory/requests/{request_id:uuid}/answer", operation_id="answerDirectoryRequest", status_code=204, **DESK)
async def post_answer(request_id: FromPath[UUID], data: JSONBody[Answer], visit: NamedDependency[Visit]) -> None:
    """Answer one; who asked is written to. Done, a removal takes the company out."""
    await visit.do(answer_request, request_id=request_id, outcome=data.outcome, answer=data.answer)


@get(f"{COMPANY}/desk", operation_id="getCompanyAtDesk", **DESK_READ)
async def get_at_desk(slug: FromPath[str], visit: NamedDependency[Visit]) -> Response[OwnProfileView]:
    """A company of the gmina, unless it is a draft of its owner's, with its ETag."""
    async with statement(visit.db) as tx:
        view = await company_at_desk(tx, actor=visit.actor, slug=slug)
    return tagged(view, view.version)


@put(COMPANY, operation_id="correctCompany", **DESK)
async def put_company(
    slug: FromPath[str], data: JSONBody[RegisterDetails], visit: NamedDependency[Visit], if_match: IfMatch = None
) -> Response[OwnProfileView]:
    """All that is said of a company that was taken over from a register, anew; its NIP stays."""
    return await _done(visit, slug, correct_company, seen=seen_version(if_match), details=data)


@put(f"{COMPANY}/ambassador", operation_id="nameAmbassador", **DESK)
async def put_ambassador(
    slug: FromPath[str], data: JSONBody[Reason], visit: NamedDependency[Visit], if_match: IfMatch = None
) -> Response[OwnProfileView]:
    """Name the company an innovation ambassador of the gmina, from today on."""
    return await _done(visit, slug, name_ambassador, seen=seen_version(if_match), reason=data.reason)


@post(f"{COMPANY}/ambassador/withdraw", operation_id="withdrawAmbassador", status_code=200, **DESK)
async def post_withdraw(
    slug: FromPath[str], data: JSONBody[Reason], visit: NamedDependency[Visit]
) -> Response[OwnProfileView]:
    """Withdraw the mark; both stay in the history."""
    return await _done(visit, slug, withdraw_ambassador, reason=data.reason)


@post(f"{COMPANY}/withhold", operation_id="withholdCompany", status_code=200, **DESK)
async def post_withhold(
    slug: FromPath[str], data: JSONBody[Reason], visit: NamedDependency[Visit]
) -> Response[OwnProfileView]:
    """Hide a company from the public, with the reason."""
    return await _done(visit, slug, withhold, reason=data.reason)


@post(f"{COMPANY}/let-back", operation_id="letCompanyBack", status_code=200, **DESK)
async def post_let_back(slug: FromPath[str], visit: NamedDependency[Visit]) -> Response[OwnProfileView]:
    """Show a company again that the gmina hid."""
    return await _done(visit, slug, let_back)


@delete(COMPANY, operation_id="takeCompanyOut", **DESK)
async def delete_company(slug: FromPath[str], visit: NamedDependency[Visit]) -> None:
    """Delete a company that was taken over from a register; no later file brings it back."""

    async def act(tx: Tx) -> None:
        found = await company_at_desk(tx, actor=visit.actor, slug=slug)
        await take_out_at_desk(tx, actor=visit.actor, profile_id=found.company.id, now=visit.now)

    await attempt(visit.db, act)


async def _done(visit: Visit, slug: str, verb: Verb[Any], **told: Any) -> Response[OwnProfileView]:
    async def act(tx: Tx) -> OwnProfileView:
        found = await company_at_desk(tx, actor=visit.actor, slug=slug)
        await verb(tx, actor=visit.actor, now=visit.now, profile_id=found.company.id, **told)
        return await company_at_desk(tx, actor=visit.actor, slug=slug)

    view = await attempt(visit.db, act)
    return tagged(view, view.version)


handlers: list[ControllerRouterHandler] = [
    list_at_desk,
    get_export,
    list_requests,
    post_answer,
    get_at_desk,
    put_company,
    put_ambassador,
    post_withdraw,
    post_withhold,
    post_let_back,
    delete_company,
]
