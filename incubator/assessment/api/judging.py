"""The formal check, score sheets, ranking and offers, for who runs the edition."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.assessment.answer_offer import offer_place
from incubator.assessment.api.shapes import DESK, DESK_READ, FormalQueue, Limit, RankingAnswer, Sheets, Why
from incubator.assessment.approve_ranking import approve_ranking
from incubator.assessment.check_formally import check_formally
from incubator.assessment.details import Approval, Check
from incubator.assessment.end_reserve_list import end_reserve_list
from incubator.assessment.make_ranking import make_ranking
from incubator.assessment.queries_formal import formal_queue
from incubator.assessment.queries_ranking import missing_for, ranking_for
from incubator.assessment.queries_sheets import sheets_for
from incubator.assessment.reopen_sheet import reopen_sheet, return_to_scoring
from incubator.assessment.views_ranking import RankingView
from incubator.db.engine import statement
from incubator.people.change import Change
from incubator.people.visit import Visit
from incubator.web.cursors import Cursor
from incubator.web.pieces import piece

DONE: dict[str, Any] = {**DESK, "status_code": 204}


@get("/editions/{edition_id:uuid}/formal-checks", operation_id="listFormalChecks", **DESK_READ)
async def get_formal_checks(
    visit: NamedDependency[Visit], edition_id: FromPath[UUID], after: Cursor = None, limit: Limit = 100
) -> FormalQueue:
    """What was handed in, with the rounds of its formal check; what waits for one comes first."""
    async with statement(visit.db) as tx:
        found = await formal_queue(tx, actor=visit.actor, edition_id=edition_id, now=visit.now)
    items, following = piece(found, lambda one: one.application_id, after=after, limit=limit)
    return FormalQueue(items=items, next=following)


@post("/applications/{application_id:uuid}/formal-checks", operation_id="checkFormally", **DONE)
async def post_formal_check(
    change: NamedDependency[Change], application_id: FromPath[UUID], data: JSONBody[Check]
) -> None:
    """Pass it, ask once for a supplementation, or reject it; the applicant is written to."""
    await change.do(check_formally, application_id=application_id, check=data)


@get("/applications/{application_id:uuid}/score-sheets", operation_id="listScoreSheets", **DESK_READ)
async def get_sheets(visit: NamedDependency[Visit], application_id: FromPath[UUID]) -> Sheets:
    """Every sheet with its scorer; of a draft only that there is one."""
    async with statement(visit.db) as tx:
        found = await sheets_for(tx, actor=visit.actor, application_id=application_id)
    return Sheets(items=[sheet for _, sheet in found])


@post(
    "/applications/{application_id:uuid}/score-sheets/{account_id:uuid}/reopen",
    operation_id="reopenScoreSheet",
    **DONE,
)
async def post_reopen(
    visit: NamedDependency[Visit], application_id: FromPath[UUID], account_id: FromPath[UUID], data: JSONBody[Why]
) -> None:
    """Let a scorer change a sheet that was handed in; they read the reason."""
    await visit.do(reopen_sheet, application_id=application_id, account_id=account_id, reason=data.reason)


@post("/applications/{application_id:uuid}/return-to-scoring", operation_id="returnToScoring", **DONE)
async def post_return(visit: NamedDependency[Visit], application_id: FromPath[UUID], data: JSONBody[Why]) -> None:
    """Open every sheet of an application again: the panel does not move rows by hand."""
    await visit.do(return_to_scoring, application_id=application_id, reason=data.reason)


@get("/editions/{edition_id:uuid}/ranking", operation_id="getRanking", **DESK_READ)
async def get_ranking(visit: NamedDependency[Visit], edition_id: FromPath[UUID]) -> RankingAnswer:
    """The approved ranking, else the newest, with the rules it was made by; and what one still lacks."""
    async with statement(visit.db) as tx:
        return RankingAnswer(
            ranking=await ranking_for(tx, actor=visit.actor, edition_id=edition_id),
            missing=await missing_for(tx, actor=visit.actor, edition_id=edition_id),
        )


@post("/editions/{edition_id:uuid}/rankings", operation_id="makeRanking", **DESK)
async def post_ranking(visit: NamedDependency[Visit], edition_id: FromPath[UUID]) -> Response[RankingView]:
    """Compute the order of the applications; refused while an application lacks sheets."""
    return await visit.create(make_ranking, f"/api/editions/{edition_id}/ranking", edition_id=edition_id)


@post(
    "/editions/{edition_id:uuid}/rankings/{ranking_id:uuid}/approve",
    operation_id="approveRanking",
    status_code=200,
    **DESK,
)
async def post_approval(
    visit: NamedDependency[Visit], edition_id: FromPath[UUID], ranking_id: FromPath[UUID], data: JSONBody[Approval]
) -> RankingView:
    """The panel approves it, and everybody is written to. One ranking of an edition is approved, for good."""
    return await visit.do(approve_ranking, edition_id=edition_id, ranking_id=ranking_id, approval=data)


@post("/editions/{edition_id:uuid}/offers", operation_id="offerPlace", **DONE)
async def post_offer(visit: NamedDependency[Visit], edition_id: FromPath[UUID]) -> None:
    """Offer a free place to the first of the reserve list."""
    await visit.do(offer_place, edition_id=edition_id)


@post("/editions/{edition_id:uuid}/reserve-list/end", operation_id="endReserveList", **DONE)
async def post_end_of_reserve_list(visit: NamedDependency[Visit], edition_id: FromPath[UUID]) -> None:
    """Tell everybody on the reserve list that no place became free: they are not admitted. It cannot be undone."""
    await visit.do(end_reserve_list, edition_id=edition_id)


handlers: list[ControllerRouterHandler] = [
    get_formal_checks,
    post_formal_check,
    get_sheets,
    post_reopen,
    post_return,
    get_ranking,
    post_ranking,
    post_approval,
    post_offer,
    post_end_of_reserve_list,
]
