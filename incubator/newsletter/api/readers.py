"""For readers: ask for the newsletter, choose, leave, and read what went out."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, statement
from incubator.newsletter.api.shapes import OPEN, OWN, SEE, Issues, NewSubscription, OwnChoice
from incubator.newsletter.archive import archived, archived_issue
from incubator.newsletter.ask_to_subscribe import ask_at_the_door
from incubator.newsletter.subscribe_account import subscribe_account
from incubator.newsletter.subscriptions import own_subscription
from incubator.newsletter.unsubscribe import unsubscribe
from incubator.newsletter.views import ArchivedIssue, IssueBrief, SubscriptionView
from incubator.people.actor import Actor
from incubator.people.visit import Visit
from incubator.web.clients import client_of
from incubator.web.cursors import Cursor, read_cursor, write_cursor
from incubator.web.etags import IfMatch, seen_version, tagged

Ask = Request[Any, Any, Any]
Limit = Annotated[int, QueryParameter(ge=1, le=100)]


@post("/newsletter/subscriptions", operation_id="askForNewsletter", status_code=202, **OPEN)
async def post_subscription(
    request: Ask,
    data: JSONBody[NewSubscription],
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
) -> None:
    """Ask for the newsletter: a mail goes to the address with a link that confirms. The answer is the same whether
    or not it gets the newsletter already."""
    await ask_at_the_door(
        db,
        email=data.email,
        choice=data.choice,
        consent=data.consent,
        how="api",
        client=client_of(request),
        now=now,
    )


@get("/me/newsletter", operation_id="getMyNewsletter", **SEE)
async def get_own(visit: NamedDependency[Visit]) -> Response[SubscriptionView]:
    """One's own subscription, with the proof of consent and its ETag."""
    async with statement(visit.db) as tx:
        found = await own_subscription(tx, actor=visit.actor)
    return tagged(found, found.version)


@put("/me/newsletter", operation_id="setMyNewsletter", **OWN)
async def put_own(
    visit: NamedDependency[Visit], data: JSONBody[OwnChoice], if_match: IfMatch = None
) -> Response[SubscriptionView]:
    """Subscribe, or choose anew what one gets. The account's address is known to be one's own, so no mail confirms it."""
    seen = seen_version(if_match) if if_match else None
    found = await visit.do(subscribe_account, choice=data.choice, consent=data.consent, seen=seen)
    return tagged(found, found.version)


@delete("/me/newsletter", operation_id="leaveNewsletter", **OWN)
async def delete_own(visit: NamedDependency[Visit]) -> None:
    """Unsubscribe."""

    async def leave(tx: Tx, *, actor: Actor, now: datetime) -> None:
        found = await own_subscription(tx, actor=actor)
        await unsubscribe(tx, subscription_id=found.id, now=now, actor=actor)

    await visit.do(leave)


@get("/newsletter/issues", operation_id="listNewsletterIssues", **OPEN)
async def list_archived(db: NamedDependency[Database], after: Cursor = None, limit: Limit = 50) -> Issues:
    """Issues that went out, the latest first."""
    async with statement(db) as tx:
        found = await archived(tx, after=read_cursor(after, datetime), limit=limit + 1)
    return page_of(found, limit, lambda one: one.started_at)


@get("/newsletter/issues/{issue_id:uuid}", operation_id="readNewsletterIssue", **OPEN)
async def read_archived(issue_id: FromPath[UUID], db: NamedDependency[Database]) -> ArchivedIssue:
    """An issue as it went out, in each language."""
    async with statement(db) as tx:
        return await archived_issue(tx, issue_id=issue_id)


def page_of(found: list[IssueBrief], limit: int, key: Any) -> Issues:
    more = len(found) > limit
    last = found[limit - 1] if more else None
    return Issues(items=found[:limit], next=write_cursor(key(last), last.id) if last else None)


handlers: list[ControllerRouterHandler] = [
    post_subscription,
    get_own,
    put_own,
    delete_own,
    list_archived,
    read_archived,
]
