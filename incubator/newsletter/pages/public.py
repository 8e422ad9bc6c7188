"""What everybody reads: what went out, and how to get it. Public."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, statement
from incubator.kernel.errors import Refusal
from incubator.newsletter.archive import archived, archived_issue
from incubator.newsletter.ask_to_subscribe import ask_at_the_door
from incubator.newsletter.consent import NOW_ASKED, WORDS
from incubator.newsletter.interests import INTERESTS
from incubator.newsletter.pages.choosing import agreed, choice_in
from incubator.newsletter.pages.labels import labels_in
from incubator.people.forms import Ask, Typed, form_page, typed_in
from incubator.people.guards import public
from incubator.people.queries import gminas
from incubator.web.clients import client_of
from incubator.web.cursors import Cursor, read_cursor, write_cursor
from incubator.web.i18n import locale_of
from incubator.web.pages import page

PAGE = 20


@get("/newsletter", guards=[public])
async def show_newsletter(request: Ask, db: NamedDependency[Database], after: Cursor = None) -> Response[str]:
    return await _shown(request, db, after=after)


@post("/newsletter", guards=[public], status_code=303)
async def ask_for_newsletter(
    request: Ask, db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Response[Any]:
    typed = await typed_in(request)
    try:
        await ask_at_the_door(
            db,
            email=typed.one("email"),
            choice=choice_in(typed),
            consent=agreed(typed),
            how="page",
            client=client_of(request),
            now=now,
        )
    except Refusal as refusal:
        return await _shown(request, db, typed=typed, refusal=refusal)
    return Response("", status_code=303, headers={"Location": "/newsletter/asked"})


@get("/newsletter/asked", guards=[public])
async def show_asked(request: Ask) -> Response[str]:
    return page(request, "newsletter/asked.html")


@get("/newsletter/{issue_id:uuid}", guards=[public])
async def read_issue(request: Ask, issue_id: FromPath[UUID], db: NamedDependency[Database]) -> Response[str]:
    async with statement(db) as tx:
        issue = await archived_issue(tx, issue_id=issue_id)
    letter = next(each for each in issue.letters if each.locale == locale_of(request))
    return page(request, "newsletter/issue.html", issue=issue, letter=letter)


async def _shown(
    request: Ask,
    db: Database,
    *,
    after: str | None = None,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> Response[str]:
    async with statement(db) as tx:
        issues = await archived(tx, after=read_cursor(after, datetime), limit=PAGE + 1)
        every = await gminas(tx)
    last = issues[PAGE - 1] if len(issues) > PAGE else None
    return form_page(
        request,
        "newsletter/list.html",
        issues=issues[:PAGE],
        next=write_cursor(last.started_at, last.id) if last else None,
        gminas=every,
        interests=INTERESTS,
        words=WORDS[NOW_ASKED],
        labels=labels_in,
        typed=typed,
        refusal=refusal,
    )


handlers: list[ControllerRouterHandler] = [show_newsletter, ask_for_newsletter, show_asked, read_issue]
