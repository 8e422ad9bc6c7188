"""Taking one's data along, and erasing oneself."""

from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency

from incubator.db.engine import statement, transaction
from incubator.kernel.errors import Refusal
from incubator.people.erase_account import erase_account
from incubator.people.guards import public, signed_in
from incubator.people.pages.cookies import see_off
from incubator.people.personal_data import export_personal_data
from incubator.people.queries import account_of
from incubator.people.visit import Visit
from incubator.web.bodies import Body, read_form
from incubator.web.pages import page
from incubator.web.problems import said, status_of


class EraseForm(Body, frozen=True):
    confirmation: str = ""


@get("/me/export", guards=[signed_in])
async def download(visit: NamedDependency[Visit]) -> Response[bytes]:
    async with transaction(visit.db) as tx:
        told = await export_personal_data(
            tx, actor=visit.actor, elsewhere=visit.request.app.state.elsewhere, now=visit.now
        )
    return Response(
        msgspec.json.format(msgspec.json.encode(told), indent=2),
        media_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="my-data.json"', "Cache-Control": "no-store"},
    )


@get("/me/erase", guards=[signed_in])
async def before_erasing(visit: NamedDependency[Visit]) -> Response[str]:
    return await _ask(visit)


@post("/me/erase", guards=[signed_in], status_code=303)
async def erase(visit: NamedDependency[Visit]) -> Response[Any]:
    request = visit.request
    form = await read_form(request, EraseForm)
    elsewhere = request.app.state.elsewhere
    try:
        await visit.do(erase_account, confirmation=form.confirmation, elsewhere=elsewhere)
    except Refusal as refusal:
        return await _ask(visit, refusal=refusal)
    return see_off(request, "/sign-in/erased")


@get("/sign-in/erased", guards=[public])
async def erased(request: Request[Any, Any, Any]) -> Response[str]:
    return page(request, "people/erased.html")


async def _ask(visit: Visit, *, refusal: Refusal | None = None) -> Response[str]:
    async with statement(visit.db) as tx:
        account = await account_of(tx, actor=visit.actor)
    status, problem = (status_of(refusal), said(visit.request, refusal)) if refusal else (200, "")
    return page(visit.request, "people/erase.html", status=status, problem=problem, account=account)


handlers = [download, before_erasing, erase, erased]
