"""For those who write it: put issues together, try them, let them go, withdraw them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement, transaction
from incubator.newsletter.api.readers import page_of
from incubator.newsletter.api.shapes import DESK, LOOK, Issues, NewIssue, PartList
from incubator.newsletter.describe_issue import describe_issue
from incubator.newsletter.details import IssueDetails, Sending
from incubator.newsletter.issues import issue_to_run, issues_run
from incubator.newsletter.schedule_issue import schedule_issue
from incubator.newsletter.set_parts import set_parts
from incubator.newsletter.start_issue import start_issue
from incubator.newsletter.try_issue import TRIALS_BY_ACCOUNT, try_issue
from incubator.newsletter.views import IssueView
from incubator.newsletter.withdraw_issue import discard_issue, withdraw_issue
from incubator.people.attempts import count_attempts
from incubator.people.change import Change
from incubator.people.visit import Visit
from incubator.web.cursors import Cursor, read_cursor
from incubator.web.etags import tagged

Limit = Annotated[int, QueryParameter(ge=1, le=100)]
ONE = "/newsletter/desk/issues/{issue_id:uuid}"


@get("/newsletter/desk/issues", operation_id="listNewsletterIssuesAtDesk", **LOOK)
async def list_issues(visit: NamedDependency[Visit], after: Cursor = None, limit: Limit = 50) -> Issues:
    """Issues that one writes, of whatever state, the newest first."""
    async with statement(visit.db) as tx:
        found = await issues_run(tx, actor=visit.actor, after=read_cursor(after, datetime), limit=limit + 1)
    return page_of(found, limit, lambda one: one.created_at)


@post("/newsletter/desk/issues", operation_id="startNewsletterIssue", **DESK)
async def post_issue(visit: NamedDependency[Visit], data: JSONBody[NewIssue]) -> Response[IssueView]:
    """Start an issue: a draft."""

    def at(made: IssueView) -> str:
        return f"/api/newsletter/desk/issues/{made.issue.id}"

    return await visit.create(start_issue, at, gmina_id=data.gmina_id, details=data.details)


@get(ONE, operation_id="getNewsletterIssue", **LOOK)
async def get_issue(visit: NamedDependency[Visit], issue_id: FromPath[UUID]) -> Response[IssueView]:
    """An issue with its parts, how many would get it, and what became of its copies; with its ETag."""
    async with statement(visit.db) as tx:
        found = await issue_to_run(tx, actor=visit.actor, issue_id=issue_id)
    return tagged(found, found.version)


@put(f"{ONE}/details", operation_id="describeNewsletterIssue", **DESK)
async def put_details(
    change: NamedDependency[Change], issue_id: FromPath[UUID], data: JSONBody[IssueDetails]
) -> Response[IssueView]:
    """Titles, and for whom it is."""
    return await change(describe_issue, issue_id=issue_id, details=data)


@put(f"{ONE}/parts", operation_id="setNewsletterParts", **DESK)
async def put_parts(
    change: NamedDependency[Change], issue_id: FromPath[UUID], data: JSONBody[PartList]
) -> Response[IssueView]:
    """All parts, in their order."""
    return await change(set_parts, issue_id=issue_id, parts=data.parts)


@post(f"{ONE}/try", operation_id="tryNewsletterIssue", status_code=202, **DESK)
async def post_trial(visit: NamedDependency[Visit], issue_id: FromPath[UUID]) -> None:
    """Send it to oneself, in both languages."""
    async with transaction(visit.db) as tx:
        await count_attempts(tx, (TRIALS_BY_ACCOUNT, str(visit.actor.account_id)), now=visit.now)
    await visit.do(try_issue, issue_id=issue_id)


@post(f"{ONE}/schedule", operation_id="scheduleNewsletterIssue", status_code=200, **DESK)
async def post_schedule(
    change: NamedDependency[Change], issue_id: FromPath[UUID], data: JSONBody[Sending]
) -> Response[IssueView]:
    """Let it go out at a time, or at once."""
    return await change(schedule_issue, issue_id=issue_id, sending=data)


@post(f"{ONE}/withdraw", operation_id="withdrawNewsletterIssue", status_code=200, **DESK)
async def post_withdraw(change: NamedDependency[Change], issue_id: FromPath[UUID]) -> Response[IssueView]:
    """Before it goes out: it can be written on again."""
    return await change(withdraw_issue, issue_id=issue_id)


@delete(ONE, operation_id="discardNewsletterIssue", **DESK)
async def delete_issue(change: NamedDependency[Change], issue_id: FromPath[UUID]) -> None:
    """Throw away a draft, or one that was withdrawn."""
    await change.do(discard_issue, issue_id=issue_id)


handlers: list[ControllerRouterHandler] = [
    list_issues,
    post_issue,
    get_issue,
    put_details,
    put_parts,
    post_trial,
    post_schedule,
    post_withdraw,
    delete_issue,
]
