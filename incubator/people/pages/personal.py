"""Taking one's data along, and erasing oneself."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency

from incubator.db.engine import Database, attempt, statement, transaction
from incubator.kernel.errors import Refusal
from incubator.people.actor import Actor
from incubator.people.erase_account import erase_account
from incubator.people.guards import public, signed_in
from incubator.people.pages.cookies import see_off
from incubator.people.personal_data import export_personal_data
from incubator.people.queries import account_of
from incubator.web.bodies import Body, read_form
from incubator.web.pages import page
from incubator.web.problems import said, status_of


class EraseForm(Body, frozen=True):
    confirmation: str = ""


@get("/me/export", guards=[signed_in])
async def download(
    request: Request[Any, Any, Any],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[bytes]:
    async with transaction(db) as tx:
        told = await export_personal_data(tx, actor=actor, elsewhere=request.app.state.elsewhere, now=now)
    return Response(
        msgspec.json.format(msgspec.json.encode(told), indent=2),
        media_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="my-data.json"', "Cache-Control": "no-store"},
    )


@get("/me/erase", guards=[signed_in])
async def before_erasing(
    request: Request[Any, Any, Any], db: NamedDependency[Database], actor: NamedDependency[Actor]
) -> Response[str]:
    return await _ask(request, db, actor=actor)


@post("/me/erase", guards=[signed_in], status_code=303)
async def erase(
    request: Request[Any, Any, Any],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    form = await read_form(request, EraseForm)
    elsewhere = request.app.state.elsewhere
    try:
        await attempt(
            db,
            lambda tx: erase_account(tx, actor=actor, confirmation=form.confirmation, elsewhere=elsewhere, now=now),
        )
    except Refusal as refusal:
        return await _ask(request, db, actor=actor, refusal=refusal)
    return see_off(request, "/sign-in/erased")


@get("/sign-in/erased", guards=[public])
async def erased(request: Request[Any, Any, Any]) -> Response[str]:
    return page(request, "people/erased.html")


async def _ask(
    request: Request[Any, Any, Any], db: Database, *, actor: Actor, refusal: Refusal | None = None
) -> Response[str]:
    async with statement(db) as tx:
        account = await account_of(tx, actor=actor)
    status, problem = (status_of(refusal), said(request, refusal)) if refusal else (200, "")
    return page(request, "people/erase.html", status=status, problem=problem, account=account)


handlers = [download, before_erasing, erase, erased]
