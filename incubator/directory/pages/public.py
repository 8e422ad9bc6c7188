"""The directory for everybody: the search, a company, its logo, and asking for a correction. Public."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler
from msgspec import Meta

from incubator.db.engine import Database, attempt, statement
from incubator.directory.highlight import pieces
from incubator.directory.logos import logo_by_id
from incubator.directory.pages.labels import labels_in
from incubator.directory.queries import company, kept_by
from incubator.directory.search import Wish, find
from incubator.directory.sections import SECTIONS
from incubator.directory.specialisations import all_specialisations
from incubator.directory.take_out import ask_to_change, count_request
from incubator.kernel.alphabet import alphabetical
from incubator.kernel.errors import N_, Conflict, Invalid, Refusal, TooMany
from incubator.people.forms import Ask, Typed, form_page, typed_in
from incubator.people.guards import public
from incubator.places.catalogue import gminas
from incubator.web.bodies import Body, OptionalLine, read_query
from incubator.web.clients import client_of
from incubator.web.flash import see_other
from incubator.web.pages import page

LOGO_HEADERS = {
    "Cache-Control": "private, max-age=3600",
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


class Looked(Body, frozen=True):
    """What somebody looks for."""

    q: OptionalLine = ""
    gmina: OptionalLine = ""
    specialisation: OptionalLine = ""
    section: OptionalLine = ""
    wants: OptionalLine = ""
    ambassador: OptionalLine = ""
    after: Annotated[str, Meta(max_length=1000)] = ""


class RequestForm(Body, frozen=True):
    kind: Literal["correct", "remove"]
    email: Annotated[str, Meta(min_length=1, max_length=254)]
    message: Annotated[str, Meta(max_length=2000, pattern=r"^[^\x00]*$")] = ""


@get("/directory", guards=[public])
async def show_companies(request: Ask, db: NamedDependency[Database]) -> Response[str]:
    looked = read_query(request, Looked)
    wish = Wish(
        words=looked.q,
        gmina=looked.gmina,
        specialisation=looked.specialisation,
        section=looked.section,
        wants=looked.wants,
        ambassador=looked.ambassador == "yes",
    )
    async with statement(db) as tx:
        found = await find(tx, wish=wish, after=looked.after or None)
        specialisations = await all_specialisations(tx)
        places = await gminas(tx)
    return page(
        request,
        "directory/list.html",
        found=found,
        looked=looked,
        narrowed=wish != Wish(),
        narrow_more=wish != Wish(words=wish.words),
        specialisations=specialisations,
        gminas=sorted(places, key=lambda one: alphabetical(one.name)),
        sections=SECTIONS,
        pieces=lambda text: pieces(text, found.words),
    )


@get("/directory/{slug:str}", guards=[public])
async def show_company(request: Ask, slug: FromPath[str], db: NamedDependency[Database]) -> Response[str]:
    return await _company(request, slug, db)


@post("/directory/{slug:str}", guards=[public], status_code=303)
async def ask_about_company(
    request: Ask, slug: FromPath[str], db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Response[Any]:
    typed = await typed_in(request)
    try:
        form = typed.shaped(RequestForm)
        await count_request(db, client=client_of(request), now=now)
        told = {"kind": form.kind, "message": form.message, "email": form.email}
        await attempt(db, lambda tx: ask_to_change(tx, slug=slug, now=now, **told))
    except (Invalid, Conflict, TooMany) as refusal:
        return await _company(request, slug, db, typed, refusal)
    return see_other(request, f"/directory/{slug}", N_("Thank you. The gmina answers by mail within a month."))


@get("/directory/logos/{logo_id:uuid}", guards=[public])
async def show_logo(request: Ask, logo_id: FromPath[UUID], db: NamedDependency[Database]) -> Response[bytes]:
    async with statement(db) as tx:
        picture = await logo_by_id(tx, logo_id=logo_id, actor=request.scope.get("user"))
    return Response(picture.content, media_type=picture.media_type, headers=LOGO_HEADERS)


async def _company(
    request: Ask, slug: str, db: Database, typed: Typed | None = None, refusal: Refusal | None = None
) -> Response[str]:
    async with statement(db) as tx:
        found = await company(tx, slug=slug)
        keeper = await kept_by(tx, slug=slug)
    return form_page(
        request,
        "directory/company.html",
        company=found,
        keeper=keeper,
        sections=SECTIONS,
        labels=labels_in,
        typed=typed,
        refusal=refusal,
    )


handlers: list[ControllerRouterHandler] = [show_companies, show_company, ask_about_company, show_logo]
