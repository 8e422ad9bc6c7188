"""Pages that a link in a mail leads to, without an account: "still right", and "correct or remove". Opening
one does nothing: mail programs open links by themselves. Public."""

from datetime import datetime
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler
from msgspec import Meta

from incubator.db.engine import Database, attempt, statement
from incubator.directory.pages.labels import labels_in
from incubator.directory.sections import SECTIONS
from incubator.directory.still_right import asked_by, confirm_by_link
from incubator.directory.take_out import cared_for, correct_by_link, count_request, take_out_by_link
from incubator.kernel.errors import N_, Conflict, Invalid, Refusal, TooMany
from incubator.people.forms import Ask, NoSuchForm, Typed, form_page, typed_in
from incubator.people.guards import public
from incubator.web.bodies import Body
from incubator.web.clients import client_of
from incubator.web.flash import see_other


class CorrectionForm(Body, frozen=True):
    message: Annotated[str, Meta(min_length=1, max_length=2000, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")]


@get("/directory/still/{secret:str}", guards=[public])
async def show_still(request: Ask, secret: FromPath[str], db: NamedDependency[Database]) -> Response[str]:
    async with statement(db) as tx:
        profile = await asked_by(tx, secret=secret)
    return _shown(request, "still.html", profile=profile, sections=SECTIONS)


@post("/directory/still/{secret:str}", guards=[public], status_code=303)
async def say_still(
    request: Ask, secret: FromPath[str], db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Response[Any]:
    try:
        profile = await attempt(db, lambda tx: confirm_by_link(tx, secret=secret, now=now))
    except Conflict as refusal:
        async with statement(db) as tx:
            found = await asked_by(tx, secret=secret)
        return _shown(request, "still.html", refusal=refusal, profile=found, sections=SECTIONS)
    return see_other(request, f"/directory/{profile.company.slug}", N_("Thank you. It is right for another year."))


@get("/directory/care/{secret:str}", guards=[public])
async def show_care(request: Ask, secret: FromPath[str], db: NamedDependency[Database]) -> Response[str]:
    return await _care(request, secret, db)


@post("/directory/care/{secret:str}", guards=[public], status_code=303)
async def take_care(
    request: Ask, secret: FromPath[str], db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Response[Any]:
    typed = await typed_in(request)
    if typed.form == "remove":
        await attempt(db, lambda tx: take_out_by_link(tx, secret=secret, now=now))
        return see_other(request, "/directory", N_("It is deleted, and will not be taken over again."))
    if typed.form != "correct":
        raise NoSuchForm()
    try:
        message = typed.shaped(CorrectionForm).message
        await count_request(db, client=client_of(request), now=now)
        await attempt(db, lambda tx: correct_by_link(tx, secret=secret, message=message, now=now))
    except (Invalid, TooMany) as refusal:
        return await _care(request, secret, db, typed, refusal)
    back = f"/directory/care/{secret}"
    return see_other(request, back, N_("Thank you. The gmina answers by mail within a month."))


async def _care(
    request: Ask, secret: str, db: Database, typed: Typed | None = None, refusal: Refusal | None = None
) -> Response[str]:
    async with statement(db) as tx:
        profile = await cared_for(tx, secret=secret)
    return _shown(request, "care.html", typed=typed, refusal=refusal, profile=profile, sections=SECTIONS)


def _shown(
    request: Ask, template: str, *, typed: Typed | None = None, refusal: Refusal | None = None, **view: Any
) -> Response[str]:
    return form_page(request, f"directory/{template}", labels=labels_in, typed=typed, refusal=refusal, **view)


handlers: list[ControllerRouterHandler] = [show_still, say_still, show_care, take_care]
